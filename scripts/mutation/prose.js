// Leaves out what is prose and not logic: the sentences of refusals, problems, errors and log lines, and what describes a
// setting. Their codes are mutated like anything else.
const speakers = new Set(['info', 'warn', 'error', 'debug']);

/** Where each of these has a sentence among what it is given. */
const sentencesOf = { Refusal: [1, 2], Unavailable: [1], Error: [0] };

/** Readers of a format, each with a function that makes its refusal, and where that takes the sentence. */
const refusers = { malformed: 0, fail: 0, unreadable: 1 };

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
  if (Object.hasOwn(refusers, callee?.name ?? '')) return from.key === refusers[callee.name];
  if (callee?.property?.name === 'describe') return from.key === 0;
  const speaker = callee?.object?.property?.name ?? callee?.object?.name;
  return speaker === 'log' && speakers.has(callee.property?.name) && from.key === 0;
}

export const strykerPlugins = [
  {
    kind: 'Ignore',
    name: 'prose',
    value: { shouldIgnore: path => (isProse(path) ? 'words for a person' : undefined) },
  },
];
