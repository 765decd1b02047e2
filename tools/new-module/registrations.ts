import { addElement, addLine, PlaceLost, removeElement, removeLine } from './array-edit.ts'

/** One file that must know of every module, with the way in and the exact way back. */
export type Registration = {
  readonly file: string
  readonly add: (text: string) => string
  readonly remove: (text: string) => string
}

type Change = readonly [add: (text: string) => string, remove: (text: string) => string]

const element = (start: RegExp, text: string): Change => [
  (source) => addElement(source, start, text),
  (source) => removeElement(source, start, text),
]
const line = (kin: RegExp, text: string): Change => [
  (source) => addLine(source, kin, text),
  (source) => removeLine(source, text),
]

/** An import that other users of the file may share: it comes when it is missing and goes when nothing needs it. */
const sharedImport = (name: string, text: string): Change => [
  (source) => {
    if (source.includes(text)) return source
    return `${text}\n${source.startsWith('import ') ? '' : '\n'}${source}`
  },
  (source) => {
    if (new RegExp(`\\b${name}\\b`).test(source.replace(text, ''))) return source
    return source.replace(`${text}\n`, '').trimStart()
  },
]

/** The events of all modules are one intersection type. */
const eventsType = (name: string): Change => [
  (source) => {
    const found = /export type Events =[^\n]*(?:\n {2}[^\n]*)*/.exec(source)
    if (!found) throw new PlaceLost('export type Events')
    return source.replace(found[0], `${found[0]} & ${name}`)
  },
  (source) => source.replace(new RegExp(`\\s*&\\s*${name}\\b`), ''),
]

const registration = (file: string, ...changes: Change[]): Registration => ({
  file,
  add: (text) => changes.reduce((source, [add]) => add(source), text),
  // Backwards, so that shared imports see what is left.
  remove: (text) => changes.toReversed().reduce((source, [, remove]) => remove(source), text),
})

const PATHS = "import { paths } from './paths.ts'"
const SCOPED = /export const SCOPED_TABLES: readonly ScopedTable\[\] = \[/

/** All places that name every module. `name` is lower case, `Name` begins with a capital. */
export function registrationsOf(name: string, Name: string): Registration[] {
  const page = (folder: string) => `screen(paths.${name}(), () => import('./features/${folder}/${Name}Page.tsx'))`
  const entries = `path('${name}_entry', { unit: 'unit_id' })`
  return [
    registration('packages/contract/src/index.ts', line(/^export \* from/, `export * from './${name}.ts'`)),
    registration(
      'packages/contract/src/events.ts',
      line(/^import type \{ \w+Events \} from/, `import type { ${Name}Events } from './${name}.events.ts'`),
      eventsType(`${Name}Events`),
    ),
    registration(
      'packages/contract/src/permissions.ts',
      element(/export const PERMISSIONS = \{/, `'${name}.read': 'see entries of the scope'`),
      element(/export const PERMISSIONS = \{/, `'${name}.write': 'add entries'`),
    ),
    registration(
      'packages/contract/src/roles.ts',
      element(/const clerk: readonly Permission\[\] = \[/, `'${name}.read'`),
      element(/const clerk: readonly Permission\[\] = \[/, `'${name}.write'`),
    ),
    registration(
      'apps/server/src/modules.ts',
      line(/^import \{.*\} from '\.\/modules\//, `import { ${name}Module } from './modules/${name}/index.ts'`),
      element(/export const MODULES: readonly Module\[\] = \[/, `${name}Module`),
    ),
    registration('apps/server/src/modules/org/org.scoped.ts', element(SCOPED, entries)),
    registration(
      'apps/admin-web/src/navigation.ts',
      sharedImport('paths', PATHS),
      element(
        /export const navigation: readonly NavigationRow\[\] = \[/,
        `{ module: '${name}', group: 'organisation', path: paths.${name}(), permission: '${name}.read', textKey: '${name}.title' }`,
      ),
    ),
    registration('apps/admin-web/src/routes.tsx', element(/const screens = \[/, page(name))),
    registration('apps/member-web/src/routes.tsx', element(/const inside = \[/, page(name))),
    registration(
      'apps/member-web/src/me.ts',
      sharedImport('paths', PATHS),
      element(/export const myLinks: [^=]*= \[/, `{ path: paths.${name}(), textKey: '${name}.title' }`),
    ),
    ...['admin', 'member'].flatMap((app) => [
      registration(`apps/${app}-web/src/paths.ts`, element(/export const paths = \{/, `${name}: () => '/${name}'`)),
      registration(`apps/${app}-web/src/paths.test.ts`, element(/toEqual\(\[/, `['${name}', '/${name}']`)),
    ]),
    registration('docs/glossary.md', [
      (text) => `${text.trimEnd()}\n| ${name} | ${Name} | the module \`${name}\` | ${name} |\n`,
      (text) => removeLine(text, `| ${name} | ${Name} | the module \`${name}\` | ${name} |`),
    ]),
  ]
}
