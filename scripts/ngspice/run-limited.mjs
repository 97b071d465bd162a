// A program that is stopped, with all that it has started, when its time is over.
import { spawn } from 'node:child_process';

/** Groups of processes that are running. */
const running = new Set();

/**
 * What it wrote to its standard output; undefined if it was still running after `seconds` (wall
 * clock). Throws with what it said if it fails.
 */
export function runLimited(command, words, seconds) {
  // A group of its own, so that stopping it stops the simulator that it waits for.
  const child = spawn(command, words, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child.pid);
  const [out, said] = [[], []];
  child.stdout.on('data', (chunk) => out.push(chunk));
  child.stderr.on('data', (chunk) => said.push(chunk));
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    stop(child.pid);
  }, 1000 * seconds);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      running.delete(child.pid);
      if (late) resolve(undefined);
      else if (code === 0) resolve(Buffer.concat(out).toString('utf8'));
      else reject(new Error(Buffer.concat(said).toString('utf8').trim()));
    });
  });
}

/** Stops all that are running: for a program that is stopped itself. */
export function stopAll() {
  for (const group of running) stop(group);
}

function stop(group) {
  try {
    process.kill(-group, 'SIGKILL');
  } catch (problem) {
    // It has ended by itself.
    if (problem.code !== 'ESRCH') throw problem;
  }
}
