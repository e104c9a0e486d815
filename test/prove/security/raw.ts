import { Agent, request } from 'node:http';

export type Raw = { readonly status: number; readonly headers: string; readonly body: string };

/** Asks our own port for exactly these bytes of path: nothing is resolved, decoded or encoded on the way. */
export function rawAsker(port: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  return {
    close: () => agent.destroy(),
    ask: (host: string, path: string, headers: Record<string, string> = {}, method = 'GET') =>
      new Promise<Raw>((resolve, reject) => {
        const it = request(
          { agent, host: '127.0.0.1', port, path, method, headers: { ...headers, host } },
          answer => {
            const chunks: Buffer[] = [];
            answer.on('data', chunk => chunks.push(chunk));
            answer.on('error', reject);
            answer.on('end', () => {
              const { date: _, ...rest } = answer.headers;
              resolve({
                status: answer.statusCode ?? 0,
                headers: JSON.stringify(rest),
                body: Buffer.concat(chunks).toString('utf8'),
              });
            });
          },
        );
        it.on('error', reject);
        it.end();
      }),
  };
}
