import type { Plugin } from 'esbuild';

export declare const onlyEnglish: Plugin;
