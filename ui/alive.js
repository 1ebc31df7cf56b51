// Whether the program behind the page still runs, and whether what the page shows is still fed.
// Knows no row. A server that is back, or a view that died, ends in a reload; drafts survive it.

const BEAT = 3000;   // ms between two looks
const STALE = 3;     // looks in a row at which the server was ahead and the page did not move

function watchAlive({shown, toast, before, connected}) {
  let gone = null, behind = 0, last = -1;
  async function look() {
    if (!connected()) return;
    const now = shown();
    if (now) {
      try {
        const query = now.chat ? `?chat=${encodeURIComponent(now.chat)}` : '';
        const answer = await fetch(`alive${query}`, {cache: 'no-store', signal: AbortSignal.timeout(BEAT)});
        const told = await answer.json();
        behind = told.version > now.version && now.version === last ? behind + 1 : 0;
        last = now.version;
        if (gone || told.epoch !== now.epoch || behind >= STALE) {
          before();
          return location.reload();
        }
      } catch (problem) {
        // A slow answer is a busy computer; only a refused connection means that heed has ended.
        if (!gone && problem.name !== 'TimeoutError')
          gone = toast('heed is not running. Your words are kept; this page comes back with it.', [], 0);
      }
    }
    setTimeout(look, BEAT);
  }
  setTimeout(look, BEAT);
}
