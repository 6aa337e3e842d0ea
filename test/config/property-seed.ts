import fc from 'fast-check';

/**
 * Property tests draw the same cases on every run, so that a run that fails can be run again and two machines agree. To look
 * for new cases: DEMARC_SEED=1234 npm run unit.
 */
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env['DEMARC_SEED'] ?? 20_250_612) });
