import type { IncomingMessage, Server } from 'node:http';
import { serve } from '@hono/node-server';
import { Refusal } from '#lib/refusal.ts';

export type HttpServer = {
  port: number;
  /** Takes no new connections, lets answers under way finish, then cuts what is left after `graceMs`. */
  stop(graceMs: number): Promise<void>;
};

/** How long a connection may take, in ms, and how many there may be at a time. */
export type Patience = { headers: number; request: number; idle: number; connections: number };

const usual: Patience = { headers: 5_000, request: 20_000, idle: 5_000, connections: 4_000 };

/** Opens the port. Slow senders are cut off after seconds (slowloris), long before they add up. Refusals: `port-taken`, `port-forbidden`. */
export function listen(options: {
  fetch: (request: Request, env: unknown) => Response | Promise<Response>;
  port: number;
  address: string;
  patience?: Patience;
}): Promise<HttpServer> {
  const patience = options.patience ?? usual;
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        fetch: async (request, env) =>
          heardOut(await options.fetch(request, env), (env as { incoming: IncomingMessage }).incoming),
        port: options.port,
        hostname: options.address,
        serverOptions: {
          headersTimeout: patience.headers,
          requestTimeout: patience.request,
          keepAliveTimeout: patience.idle,
          // Node looks every half a minute unless told otherwise, however short the times are.
          connectionsCheckingInterval: patience.headers / 5,
          maxHeaderSize: 16_384,
        },
      },
      info => resolve({ port: info.port, stop: graceMs => stop(server as Server, graceMs) }),
    );
    (server as Server).maxConnections = patience.connections;
    server.on('error', (error: NodeJS.ErrnoException) => reject(explain(error, options.port)));
  });
}

/**
 * Whoever writes all before reading would meet a reset connection instead of the 413: what is still on its way is thrown
 * away, up to 8 MB or two seconds, and then the answer goes out as the connection's last.
 */
async function heardOut(response: Response, incoming: IncomingMessage): Promise<Response> {
  if (response.status !== 413) return response;
  await new Promise<void>(resolve => {
    let bytes = 0;
    const enough = () => {
      clearTimeout(timer);
      incoming.off('data', more).off('end', enough).off('close', enough);
      resolve();
    };
    const timer = setTimeout(enough, 2_000);
    // Whoever read the body before has its own listener, which stops the flow again after each piece.
    const more = (piece: Buffer) => {
      bytes += piece.length;
      if (bytes > 8 * 1024 * 1024) enough();
      else incoming.resume();
    };
    if (incoming.readableEnded || incoming.destroyed) return enough();
    incoming.on('data', more).on('end', enough).on('close', enough).resume();
  });
  response.headers.set('connection', 'close');
  return response;
}

function explain(error: NodeJS.ErrnoException, port: number): unknown {
  if (error.code === 'EADDRINUSE') {
    return new Refusal(
      'port-taken',
      `Port ${port} is taken by another program.`,
      'Choose another with --port, e.g. --port 8788; --port 0 finds a free one.',
    );
  }
  if (error.code === 'EACCES') {
    return new Refusal(
      'port-forbidden',
      `This user may not open port ${port}.`,
      'Choose a port above 1023 with --port.',
    );
  }
  return error;
}

function stop(server: Server, graceMs: number): Promise<void> {
  return new Promise(resolve => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
