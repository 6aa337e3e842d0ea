/* The thread that reads files, with an adapter among the others that is full of faults. */
import './faulty-adapter.ts';
import '../../main/adapters/evidence/import-worker.ts';
