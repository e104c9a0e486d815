// Leaves out what is prose and not logic: the sentences of refusals and log lines. Their codes are mutated like anything else.
const speakers = new Set(['info', 'warn', 'error', 'debug']);

function isProse(path) {
  if (!path.isStringLiteral() && !path.isTemplateLiteral()) return false;
  // A sentence may be one of two, or made of parts.
  let from = path;
  while (from.parentPath.isConditionalExpression() || from.parentPath.isBinaryExpression({ operator: '+' }))
    from = from.parentPath;
  const call = from.parentPath;
  if (call.isNewExpression() && call.node.callee.name === 'Refusal') return from.key === 1 || from.key === 2;
  const callee = call.isCallExpression() ? call.node.callee : null;
  return callee?.object?.name === 'log' && speakers.has(callee.property?.name) && from.key === 0;
}

export const strykerPlugins = [
  {
    kind: 'Ignore',
    name: 'prose',
    value: { shouldIgnore: path => (isProse(path) ? 'words for a person' : undefined) },
  },
];
