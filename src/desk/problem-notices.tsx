import type { Problem } from '#booking/problem.ts';
import { Notice } from '#ui/parts.tsx';

/** Troubles that belong to no field, above a form. */
export function ProblemNotices({ problems }: { problems: readonly Problem[] }) {
  return (
    <>
      {problems.map(problem => (
        <Notice kind="bad" title={problem.reason} cure={problem.cure} />
      ))}
    </>
  );
}
