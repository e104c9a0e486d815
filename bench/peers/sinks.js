// What a workflow speaks to: a server that takes whatever is posted, and a mail server that takes every letter.
import { createServer } from 'node:http';
import { createServer as createSocket } from 'node:net';

/** Opens both. `onLetter` is given every letter as it came, the moment its last line is there. */
export async function openSinks(onLetter) {
  const http = createServer((request, response) => {
    request.resume();
    request.once('end', () => response.setHeader('content-type', 'application/json').end('{"ok":true}'));
  });
  const smtp = createSocket(socket => converse(socket, onLetter));
  const ports = await Promise.all([http, smtp].map(listening));
  return {
    http: `http://127.0.0.1:${ports[0]}`,
    smtp: { host: '127.0.0.1', port: ports[1] },
    close() {
      http.close();
      http.closeAllConnections();
      smtp.close();
    },
  };
}

const listening = server =>
  new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));

/** One mail connection. It greets at once, where a server of the field lets a client wait to see whether it is patient. */
function converse(socket, onLetter) {
  let held = '';
  let isLetter = false;
  const answer = line => socket.write(`${line}\r\n`);
  const hear = line => {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'QUIT') return socket.end('221 bye\r\n');
    if (verb !== 'DATA') return answer(verb === 'EHLO' ? '250-sink\r\n250 8BITMIME' : '250 ok');
    isLetter = true;
    return answer('354 go on');
  };
  const next = () => {
    const end = isLetter ? '\r\n.\r\n' : '\r\n';
    const at = held.indexOf(end);
    if (at < 0) return false;
    const text = held.slice(0, at);
    held = held.slice(at + end.length);
    if (!isLetter) return hear(text) ?? true;
    isLetter = false;
    onLetter(text);
    return answer('250 taken') ?? true;
  };
  socket.setNoDelay(true).setEncoding('latin1');
  socket.on('error', () => {});
  socket.on('data', chunk => {
    held += chunk;
    while (held !== '' && next() !== false);
  });
  answer('220 sink');
}
