import type { IRegularForbiddenRuleType } from 'dependency-cruiser'

/** Modules that every other module may import, through their door. The list of docs/architecture.md. */
export const KERNEL = ['org', 'access', 'members', 'audit', 'ledger', 'files', 'settings', 'forms', 'deadlines']

const MODULES = '^apps/server/src/modules'
const KERNEL_NAMES = KERNEL.join('|')
const PEER = `${MODULES}/(?!(?:${KERNEL_NAMES})/)([^/]+)/`
const TESTS = '\\.test\\.tsx?$'

const rule = (
  name: string,
  from: IRegularForbiddenRuleType['from'],
  to: IRegularForbiddenRuleType['to'],
  comment: string,
): IRegularForbiddenRuleType => ({ name, severity: 'error', comment, from, to }) as IRegularForbiddenRuleType

/**
 * Who may import whom: domain <- contract <- server and web; inside the server platform <- kernel <- capability.
 * Groups (`$1`) cover modules that are not written yet. `trespass/` holds one planted import per rule.
 */
export const BOUNDARY_RULES: IRegularForbiddenRuleType[] = [
  rule('resolvable', {}, { couldNotResolve: true }, 'an unresolved import escapes every other rule'),
  // What is erased before anything runs, or loaded later on demand, closes no circle.
  rule(
    'no-cycles',
    {},
    { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } },
    'files of a cycle cannot be understood or tested alone',
  ),
  rule(
    'module-door',
    { path: `${MODULES}/([^/]+)/` },
    { path: `${MODULES}/([^/]+)/`, pathNot: [`${MODULES}/$1/`, `${MODULES}/[^/]+/index\\.ts$`] },
    'a module is entered through its index.ts',
  ),
  rule(
    'door-for-app-too',
    { path: '^apps/server/src/', pathNot: [`${MODULES}/`, TESTS, '^apps/server/src/test/'] },
    { path: `${MODULES}/[^/]+/`, pathNot: '/index\\.ts$' },
    'modules.ts, app.ts and the commands use the door as well',
  ),
  rule(
    'platform-knows-no-module',
    { path: '^apps/server/src/platform/', pathNot: TESTS },
    { path: `${MODULES}/` },
    'platform <- kernel <- capability',
  ),
  rule(
    'peers-by-event-only',
    { path: PEER },
    { path: PEER, pathNot: `${MODULES}/$1/` },
    'capabilities meet by events and by ports wired in modules.ts',
  ),
  rule(
    'kernel-is-lowest',
    { path: `${MODULES}/(${KERNEL_NAMES})/` },
    { path: `${MODULES}/`, pathNot: `${MODULES}/(${KERNEL_NAMES})/` },
    'the kernel knows no capability',
  ),
  rule(
    'routes-know-no-sql',
    { path: '\\.routes\\.ts$' },
    { path: '\\.queries\\.ts$|/kysely/|/pg/' },
    'a route names a contract and a use case, nothing else',
  ),
  rule(
    'sql-only-in-queries',
    { path: `${MODULES}/`, pathNot: `\\.(queries|doors)\\.ts$|/queries/[^/]+\\.ts$|${TESTS}` },
    { path: 'node_modules/(kysely|pg)/' },
    'every statement of a module stands in its queries, or in its doors for the transactions of others',
  ),
  rule(
    'domain-is-pure',
    { path: '^packages/domain/', pathNot: TESTS },
    { pathNot: '^packages/domain/' },
    'the domain imports nothing',
  ),
  rule(
    'contract-sees-only-domain',
    { path: '^packages/contract/', pathNot: TESTS },
    { pathNot: ['^packages/(contract|domain)/', 'node_modules/typebox/'] },
    'the contract is shared by server and browser',
  ),
  rule(
    'ballot-runs-anywhere',
    { path: '^packages/ballot/', pathNot: [TESTS, '^packages/ballot/src/test/'] },
    { pathNot: ['^packages/ballot/', 'node_modules/@noble/', 'node_modules/shamir-secret-sharing/'] },
    'the protocol runs in a browser and on an offline page',
  ),
  rule(
    'verifier-stands-alone',
    { path: '^packages/ballot-verifier/', pathNot: TESTS },
    { pathNot: ['^packages/ballot-verifier/', '^(node:)?(crypto|fs|path)$'] },
    'a fault of the protocol must not be a fault of its judge',
  ),
  rule('web-not-server', { path: '^apps/[^/]+-web/' }, { path: '^apps/server/' }, 'browsers get the contract only'),
  rule(
    'features-are-islands',
    { path: '^apps/([^/]+-web)/src/features/([^/]+)/' },
    { path: '^apps/$1/src/features/', pathNot: '^apps/$1/src/features/$2/' },
    'routes.tsx composes features',
  ),
  rule(
    'shared-looks-down',
    { path: '^(apps/[^/]+-web/src/shared|packages/ui)/' },
    { path: '/src/(features|routes)' },
    'shared parts know no feature',
  ),
  rule(
    'packages-look-down',
    { path: '^packages/' },
    { path: '^(apps|tools|e2e|bench)/' },
    'a package serves the applications, not the other way round',
  ),
]
