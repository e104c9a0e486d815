// What a running program of Node really holds, asked through the door that Node has for debuggers.
import { once } from 'node:events';

const doors = new WeakMap();

/** MB in use on the heap of a child after a collection; not a number on Windows, where nothing opens that door. */
export async function heapInUse(child) {
  if (process.platform === 'win32') return Number.NaN;
  if (!doors.has(child)) doors.set(child, openDoor(child));
  const socket = new WebSocket(await doors.get(child));
  await once(socket, 'open');
  let serial = 0;
  const ask = async method => {
    socket.send(JSON.stringify({ id: ++serial, method }));
    for (;;) {
      const [{ data }] = await once(socket, 'message');
      const { id, result } = JSON.parse(data);
      if (id === serial) return result;
    }
  };
  await ask('HeapProfiler.collectGarbage');
  const { usedSize } = await ask('Runtime.getHeapUsage');
  socket.close();
  return usedSize / 2 ** 20;
}

/** Where Node says that it listens, after the signal that makes it. */
function openDoor(child) {
  const address = new Promise(resolve => {
    let said = '';
    child.stderr.on('data', chunk => {
      said += chunk;
      const found = /Debugger listening on (ws:\S+)/.exec(said);
      if (found) resolve(found[1]);
    });
  });
  child.kill('SIGUSR1');
  return address;
}
