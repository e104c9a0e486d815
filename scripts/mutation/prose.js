// Leaves out what is prose and not logic: the sentences of refusals, problems, errors and log lines, and what describes a
// setting. Their codes are mutated like anything else.
const speakers = new Set(['info', 'warn', 'error', 'debug']);

/** Where each of these has a sentence among what it is given. */
const sentencesOf = { Refusal: [1, 2], Unavailable: [1], Error: [0] };

/** Readers of a format, each with a function that makes its refusal. */
const refusers = new Set(['malformed', 'fail']);

const isSentence = ({ node }) =>
  (node.quasis?.map(({ value }) => value.raw).join(' ') ?? node.value).includes(' ');

function isProse(path) {
  if (!path.isStringLiteral() && !path.isTemplateLiteral()) return false;
  // A sentence may be one of two, or made of parts.
  let from = path;
  while (from.parentPath.isConditionalExpression() || from.parentPath.isBinaryExpression({ operator: '+' }))
    from = from.parentPath;
  const call = from.parentPath;
  if (call.isNewExpression()) return sentencesOf[call.node.callee.name]?.includes(from.key) ?? false;
  if (call.isObjectProperty()) return ['reason', 'cure'].includes(call.node.key.name) && isSentence(path);
  const callee = call.isCallExpression() ? call.node.callee : null;
  if (refusers.has(callee?.name) || callee?.property?.name === 'describe') return from.key === 0;
  return callee?.object?.name === 'log' && speakers.has(callee.property?.name) && from.key === 0;
}

export const strykerPlugins = [
  {
    kind: 'Ignore',
    name: 'prose',
    value: { shouldIgnore: path => (isProse(path) ? 'words for a person' : undefined) },
  },
];
