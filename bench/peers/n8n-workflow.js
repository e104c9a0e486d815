// A booking as somebody would build it in n8n: eight nodes from the webhook to the letter, in a row.

/** The workflow and the mail account of an import. `pages` is the folder that it writes to. */
export function workflow({ http, smtp, pages }) {
  const nodes = [
    node('Webhook', 'webhook', 2, { httpMethod: 'POST', path: 'booking', responseMode: 'onReceived' }),
    node('Booking', 'set', 3.4, {
      assignments: { assignments: ['id', 'vessel', 'start'].map(field) },
      includeOtherFields: true,
    }),
    node('Crew event', 'httpRequest', 4.2, posted(`${http}/events`)),
    node('Calendar', 'httpRequest', 4.2, posted(`${http}/calendar`)),
    node('Guest page', 'html', 1.2, { operation: 'generateHtmlTemplate', html: page }),
    node('As a file', 'convertToFile', 1.1, { operation: 'toText', sourceProperty: 'html' }),
    node('Page in place', 'readWriteFile', 1, {
      operation: 'write',
      fileName: `=${pages}/{{ ${booking}.id }}.html`,
      dataPropertyName: 'data',
    }),
    node(
      'Letter',
      'emailSend',
      2.1,
      {
        fromEmail: 'house@example.org',
        toEmail: 'crew@example.org',
        subject: `=Booking {{ ${booking}.id }}`,
        emailFormat: 'text',
        text: `=You sail on {{ ${booking}.vessel }} at {{ ${booking}.start }}.`,
        options: { appendAttribution: false },
      },
      { credentials: { smtp: { id: account, name: 'sink' } } },
    ),
  ];
  const connections = {};
  for (const [index, { name }] of nodes.slice(0, -1).entries())
    connections[name] = { main: [[{ node: nodes[index + 1].name, type: 'main', index: 0 }]] };
  const settings = { executionOrder: 'v1' };
  const credentials = { user: '', password: '', ...smtp, secure: false, disableStartTls: true };
  return {
    workflows: [{ id, name: 'booking', active: false, nodes, connections, settings }],
    credentials: [{ id: account, name: 'sink', type: 'smtp', data: credentials }],
  };
}

export const id = 'gangwaybench0001';
const account = 'gangwaybenchsmtp';
const booking = "$('Booking').item.json";

let placed = 0;
const node = (name, type, typeVersion, parameters, rest = {}) => ({
  id: `node-${++placed}`,
  name,
  type: `n8n-nodes-base.${type}`,
  typeVersion,
  position: [placed * 200, 0],
  parameters,
  ...(type === 'webhook' && { webhookId: '7d0c5f0a-0000-4000-8000-000000000001' }),
  ...rest,
});

const field = name => ({ id: name, name, type: 'string', value: `={{ $json.body.${name} }}` });

const posted = url => ({
  method: 'POST',
  url,
  sendBody: true,
  specifyBody: 'json',
  jsonBody: `={{ JSON.stringify({ id: ${booking}.id }) }}`,
});

/** As long as a guest page of ours. */
const page = `<!doctype html><title>{{ ${booking}.vessel }}</title><h1>{{ ${booking}.start }}</h1>${'<p>A line of the guest page.</p>'.repeat(650)}`;
