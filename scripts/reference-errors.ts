import { codeGroups } from '../src/web/code-groups.ts';
import type { CodeTable } from '../src/web/codes/code.ts';

const opening = `# Errors

<!-- Written by \`node scripts/reference.ts\` from src/web/codes/. Change it there. -->

A request that cannot be granted is answered with a problem document (RFC 9457, \`application/problem+json\`). Branch on \`code\`: it never changes. \`detail\` says what went wrong in the case at hand, \`cure\` what to do; both are for people and may change. Some carry more: \`field\`, \`problems\` (all that is wrong, when it is more than one thing), \`position\`, \`choices\`.

\`\`\`json
{
  "type": "/docs/errors#party-over-limit",
  "title": "party over limit",
  "status": 422,
  "code": "party-over-limit",
  "detail": "A party of 7 is too many for Heron: an uninspected vessel carries at most 6 passengers for hire (46 U.S.C. 2101).",
  "cure": "Agree on at most 6 with the guest, or give them another vessel."
}
\`\`\`

429, 503 and 507 come with \`Retry-After\` in seconds. A browser gets the same as a page. At the command line a refusal is printed with its cure and ends the command with exit code 1.

What a marketplace says about a booking is not refused with these codes but taken and held on the desk, with the code and the cure beside the field: the sender has done its part.
`;

/** docs/reference/errors.md: every code with its status, meaning and cure, and nothing else. */
export const errorsReference = (): string =>
  [opening, ...codeGroups.map(({ title, codes }) => `## ${title}\n\n${table(codes)}\n`)].join('\n');

function table(codes: CodeTable): string {
  const hasStatus = Object.values(codes).some(({ status }) => status !== null);
  const head = hasStatus
    ? '| code | status | meaning | cure |\n|---|---|---|---|'
    : '| code | meaning | cure |\n|---|---|---|';
  const rows = Object.entries(codes).map(
    ([code, { status, means, cure }]) =>
      `| \`${code}\` | ${hasStatus ? `${status} | ` : ''}${cell(means)} | ${cell(cure)} |`,
  );
  return [head, ...rows].join('\n');
}

const cell = (text: string) => text.replaceAll('|', '\\|');
