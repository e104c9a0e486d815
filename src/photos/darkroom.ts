import type { RefusalReason } from './photo.ts';

/** What the camera said, in its own terms: wall time, and its offset where it named one. */
export type CameraTime = { readonly local: string; readonly offset: string | null };

/** `broken`: the darkroom itself failed, by memory, time or a crash; the picture is tried once more, and then refused for `reason`. */
export type Developed =
  | {
      readonly kind: 'developed';
      readonly width: number;
      readonly height: number;
      readonly taken: CameraTime | null;
    }
  | { readonly kind: 'refused'; readonly reason: RefusalReason }
  | { readonly kind: 'broken'; readonly why: string; readonly reason?: RefusalReason };

/**
 * Makes renditions of an original: decoded, turned upright, scaled, encoded anew, so that nothing of the file but its
 * pixels goes on. Files from strangers are opened nowhere else.
 */
export interface Darkroom {
  develop(place: { original: string; renditions: string }): Promise<Developed>;
  close(): Promise<void>;
}

/** How a picture is made: widths in pixels at most, and in which formats. */
export const renditionPlan = [
  { width: 1600, formats: ['jpg'] },
  { width: 800, formats: ['avif', 'webp', 'jpg'] },
  { width: 400, formats: ['avif', 'webp'] },
] as const;
