/**
 * Runs one piece of work at a time. Of those that come while another runs only the newest is run afterwards; the older ones are given
 * up, and their promises settle with nothing done.
 */
export function newestOnly(): (work: () => Promise<void>) => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  let newest = 0;
  return (work) => {
    newest += 1;
    const own = newest;
    const turn = running.then(() => (own === newest ? work() : undefined));
    running = turn.catch(() => {});
    return turn;
  };
}
