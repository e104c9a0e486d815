import type { Post } from '#mail/post.ts';
import type { Means } from './means.ts';

/** What an invocation has set going and must not leave behind: once it has answered, its sandbox is frozen. */
export type Afterwards = {
  /** Waits for this as well. What fails is logged; the tick finds it again. */
  also: (what: string, work: Promise<unknown>) => void;
  /** A post whose letters go out before the invocation ends. */
  delivering: (post: Post) => Post;
  /** Does it all. Never throws. */
  done: () => Promise<void>;
};

export function afterwards({ log, numbers }: Pick<Means, 'log' | 'numbers'>): Afterwards {
  let waiting: Promise<unknown>[] = [];
  const posted = new Set<Post>();

  const also = (what: string, work: Promise<unknown>) => {
    waiting.push(work.catch(error => log.warn(what, { error })));
  };

  return {
    also,
    delivering(post) {
      const noted = <A extends unknown[], T>(act: (...given: A) => Promise<T>) => {
        return async (...given: A) => {
          const outcome = await act(...given);
          posted.add(post);
          return outcome;
        };
      };
      return { ...post, post: noted(post.post), recall: noted(post.recall), retry: noted(post.retry) };
    },
    async done() {
      while (waiting.length + posted.size > 0) {
        const [now, posts] = [waiting, [...posted]];
        waiting = [];
        posted.clear();
        for (const post of posts) also('letters could not be delivered', post.deliverDue());
        await Promise.all(now);
      }
      numbers.flush();
    },
  };
}
