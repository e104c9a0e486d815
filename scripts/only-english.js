/** zod carries its messages in 40 languages; ours are the only ones people read. */
export const onlyEnglish = {
  name: 'only-english',
  setup(build) {
    build.onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
      loader: 'js',
    }));
  },
};
