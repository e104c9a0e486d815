import { Page } from '#ui/layout.tsx';
import type { Problem } from './problem.ts';

/** A problem as a person sees it: what happened, and what to do now. */
export function ProblemPage({ problem, at }: { problem: Problem; at: string }) {
  return (
    <Page title={problem.title} home="/desk">
      <h1>{sentence(problem.title)}</h1>
      <p>{problem.detail}</p>
      <p>{problem.cure}</p>
      <p>
        <small>
          Code <code>{problem.code}</code>, {at}
        </small>
      </p>
    </Page>
  );
}

const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
