import type { Run } from './terminal.ts'

/** One command: its arguments as shown in the usage, and its file, loaded only when called. Its summary is the text `<name>.summary`. */
export type Command = { readonly synopsis: string; readonly load: () => Promise<{ readonly run: Run }> }

/** Every command of `npx tongxin`. To add one: a file with `run`, a row here, a summary in both texts files. */
export const commands: Readonly<Record<string, Command>> = {
  start: { synopsis: '', load: () => import('./start.ts') },
  build: { synopsis: '', load: () => import('./build.ts') },
  'set-up-codes': { synopsis: '', load: () => import('./set-up-codes.ts') },
  migrate: { synopsis: '', load: () => import('./migrate.ts') },
  backup: { synopsis: 'DIR', load: () => import('./backup.ts') },
  restore: { synopsis: 'DIR', load: () => import('./restore.ts') },
  'import-roster': {
    synopsis: 'FILE [--dry-run] [--as MAKER] [--sheet NAME] [--json]',
    load: () => import('./import-roster.ts'),
  },
  demo: {
    synopsis: 'load [--json] | scale --members N --organisations M [--json] | remove',
    load: () => import('./demo.ts'),
  },
  rules: { synopsis: 'eval FILE | explain RULE-ID', load: () => import('./rules.ts') },
  ballot: {
    synopsis: 'verify DIR [--root ROOT] [--json] | demo --voters N --out DIR [--json]',
    load: () => import('./ballot.ts'),
  },
  doctor: { synopsis: '[--json]', load: () => import('./doctor.ts') },
  'new-module': { synopsis: 'NAME [--remove]', load: () => import('./new-module.ts') },
}
