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

/** A problem at a host that is nobody's: no style sheet, no way home, nothing that says who answers there. */
export function BareProblemPage({ problem }: { problem: Problem }) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{sentence(problem.title)}</title>
      </head>
      <body>
        <main>
          <h1>{problem.detail}</h1>
          <p>{problem.cure}</p>
        </main>
      </body>
    </html>
  );
}

const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
