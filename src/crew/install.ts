import { paths } from '#ui/paths.ts';

/** What lets a phone keep the crew pages as an app: its name, where it opens, its icons. The same for everybody. */
export const webManifest = (house: { readonly name: string }): string =>
  JSON.stringify({
    id: paths.crewTrips,
    name: `${house.name} crew`,
    short_name: 'Crew',
    start_url: paths.crewTrips,
    scope: '/c/',
    display: 'standalone',
    background_color: '#0a2737',
    theme_color: '#0a2737',
    icons: sizes.map(size => ({
      src: paths.crewIcon(size),
      sizes: `${size}x${size}`,
      type: 'image/png',
      purpose: 'any maskable',
    })),
  });

/** The signal flag G in both sizes that phones ask for: PNG of two colours. */
export const icons: Readonly<Record<'192' | '512', Buffer>> = {
  192: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAMAAAADAAQMAAABoEv5EAAAABlBMVEUrb7P1yEL0V4ETAAAACXBIWXMAAWJVAAFiVQFShgOIAAAAKklEQVRYw+3JoQEAAAjDsP3/NEzzACY1Fcm0tPsAAAAAAAAAAAAAAPAPC46+93mBvX8wAAAAAElFTkSuQmCC',
    'base64',
  ),
  512: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAgAAAAIAAQMAAADOtka5AAAABlBMVEUrb7P1yEL0V4ETAAAACXBIWXMAA7DiAAOw4gGksCT+AAAAm0lEQVR42u3MoREAIAwEwTjKoP+uUgYOXL4GZvbkia07nZp2bubK7NwCAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+Bt4L4jDsmYTrD0AAAAASUVORK5CYII=',
    'base64',
  ),
};

const sizes = ['192', '512'] as const;
