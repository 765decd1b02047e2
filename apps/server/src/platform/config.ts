import { accessSync, constants } from 'node:fs'
import { isIP } from 'node:net'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FieldError } from '@tongxin/contract/refusal'
import { runtimeRefusals } from '@tongxin/contract/runtime'

/** What the installation was told by its environment: validated as a whole, so a start never fails half way. */
export type Config = {
  readonly port: number
  readonly host: string
  /** Absolute folder of everything that must be backed up: database, files, keys. */
  readonly dataDir: string
  /** Absent: the embedded PostgreSQL below `dataDir`. */
  readonly databaseUrl: string | undefined
  /** The address people type; URLs are built from it and never from a Host header. */
  readonly publicOrigin: string
  readonly tls: { readonly certFile: string; readonly keyFile: string } | undefined
  readonly trustProxy: readonly string[]
  readonly contentOrigin: string | undefined
  readonly castOrigin: string | undefined
  readonly voiceOrigin: string | undefined
  /** Where else units of packages may lie: they are told who learns, and may speak with the record store. */
  readonly packageOrigins: readonly string[]
  readonly metricsToken: string | undefined
  /** Virus scanner: path of clamd's socket or `tcp://host:port`. */
  readonly clamd: string | undefined
  /** Hosts of the house's own network (`host` or `host:port`) that outgoing requests may reach in spite of the guard. */
  readonly houseHosts: readonly string[]
  /** Whether files that no scanner has seen may be opened. */
  readonly opensUnscanned: boolean
}

type Env = Readonly<Record<string, string | undefined>>
type Problems = FieldError[]

/** The folder of the checkout: relative settings mean the same from every working directory. */
export const PROJECT_ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../../../..')

/** The environment of this process; the only place that reads it. */
export const environment = (): Env => process.env

/**
 * Reads the configuration from environment variables.
 * @throws Refusal `runtime.configuration_wrong` whose `fields` name every wrong variable at once.
 */
export function loadConfig(env: Env = environment()): Config {
  const problems: Problems = []
  const value = (name: string) => env[name]?.trim() || undefined
  const origin = (name: string) => originOf(name, value(name), problems)
  const port = portOf(value('PORT'), problems)
  const host = hostOf(value('HOST'), problems)
  const tls = tlsOf(value('TLS_CERT'), value('TLS_KEY'), problems)
  const config: Config = {
    port,
    host,
    dataDir: resolve(PROJECT_ROOT, value('TONGXIN_DATA') ?? 'data'),
    databaseUrl: databaseUrlOf(value('DATABASE_URL'), problems),
    publicOrigin:
      origin('PUBLIC_ORIGIN') ?? `${tls ? 'https' : 'http'}://${isIP(host) === 6 ? `[${host}]` : host}:${port}`,
    tls,
    trustProxy: networksOf(value('TRUST_PROXY'), problems),
    contentOrigin: origin('CONTENT_ORIGIN'),
    castOrigin: origin('CAST_ORIGIN'),
    voiceOrigin: origin('VOICE_ORIGIN'),
    packageOrigins: originsOf('PACKAGE_ORIGINS', value('PACKAGE_ORIGINS'), problems),
    metricsToken: tokenOf(value('METRICS_TOKEN'), problems),
    clamd: clamdOf(value('CLAMD'), problems),
    houseHosts: houseHostsOf(value('HOUSE_HOSTS'), problems),
    opensUnscanned: opensUnscannedOf(value('UNSCANNED_FILES'), problems),
  }
  requireSecrecy(config, value('PUBLIC_ORIGIN') !== undefined, problems)
  requireSeparateOrigins(config, problems)
  if (problems.length > 0) throw runtimeRefusals.configuration_wrong({}, problems)
  return config
}

/** Whether only this machine can reach `host`. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)

function portOf(text: string | undefined, problems: Problems): number {
  if (text === undefined) return 8080
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65535) return port
  problems.push({
    field: '/PORT',
    code: 'field.number_range',
    detail: { value: text, min: 0, max: 65535, example: '8080' },
  })
  return 8080
}

function hostOf(text: string | undefined, problems: Problems): string {
  if (text === undefined) return '127.0.0.1'
  // All-digit labels that are no address (such as 999.1.1.1) would otherwise pass as names.
  const isName =
    /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i.test(text) &&
    !/^[\d.]+$/.test(text)
  if (isIP(text) || isName) return text.toLowerCase()
  problems.push({ field: '/HOST', code: 'field.host', detail: { value: text } })
  return '127.0.0.1'
}

function databaseUrlOf(text: string | undefined, problems: Problems): string | undefined {
  if (text === undefined) return undefined
  const url = URL.parse(text) ?? URL.parse(text.replace('@/', '@localhost/'))
  if (url && /^postgres(ql)?:$/.test(url.protocol) && url.username && url.pathname.length > 1) return text
  // The value itself is not repeated: it holds a password.
  problems.push({ field: '/DATABASE_URL', code: 'field.database_url' })
  return undefined
}

function originOf(name: string, text: string | undefined, problems: Problems): string | undefined {
  if (text === undefined) return undefined
  const url = URL.parse(text)
  if (url && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href) return url.origin
  problems.push({
    field: `/${name}`,
    code: 'field.origin',
    detail: { value: text, example: 'https://party.example.cn' },
  })
  return undefined
}

function originsOf(name: string, text: string | undefined, problems: Problems): readonly string[] {
  const parts = (text ?? '').split(',').map((part) => part.trim())
  return parts.flatMap((part) => originOf(name, part || undefined, problems) ?? [])
}

function networksOf(text: string | undefined, problems: Problems): readonly string[] {
  const networks = (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  for (const network of networks) {
    const [address = '', bits, ...rest] = network.split('/')
    const family = isIP(address)
    const isBits = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
    if (family === 0 || !isBits || rest.length > 0) {
      problems.push({ field: '/TRUST_PROXY', code: 'field.cidr', detail: { value: network } })
    }
  }
  return networks
}

function tlsOf(certificate: string | undefined, key: string | undefined, problems: Problems): Config['tls'] {
  if (certificate === undefined && key === undefined) return undefined
  if (certificate === undefined || key === undefined) {
    problems.push({ field: certificate === undefined ? '/TLS_CERT' : '/TLS_KEY', code: 'field.tls_pair' })
    return undefined
  }
  const certFile = resolve(PROJECT_ROOT, certificate)
  const keyFile = resolve(PROJECT_ROOT, key)
  for (const [field, path] of [
    ['/TLS_CERT', certFile],
    ['/TLS_KEY', keyFile],
  ] as const) {
    if (!isReadable(path)) problems.push({ field, code: 'field.file', detail: { value: path } })
  }
  return { certFile, keyFile }
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK)
    return true
  } catch {
    return false
  }
}

function tokenOf(text: string | undefined, problems: Problems): string | undefined {
  if (text !== undefined && text.length < 24) {
    problems.push({ field: '/METRICS_TOKEN', code: 'field.token_short', detail: { min: 24 } })
  }
  return text
}

function clamdOf(text: string | undefined, problems: Problems): string | undefined {
  if (text === undefined || text.startsWith('/') || /^tcp:\/\/[^/:]+:\d{1,5}$/.test(text)) return text
  problems.push({
    field: '/CLAMD',
    code: 'field.wrong_format',
    detail: { value: text, example: '/run/clamav/clamd.ctl' },
  })
  return undefined
}

function houseHostsOf(text: string | undefined, problems: Problems): readonly string[] {
  const hosts = (text ?? '').split(',').flatMap((part) => part.trim().toLowerCase() || [])
  for (const host of hosts) {
    if (/^(\[[0-9a-f:.]+\]|[a-z0-9]([a-z0-9.-]*[a-z0-9])?)(:\d{1,5})?$/.test(host)) continue
    problems.push({
      field: '/HOUSE_HOSTS',
      code: 'field.wrong_format',
      detail: { value: host, example: 'mail.house.lan:25' },
    })
  }
  return hosts
}

function opensUnscannedOf(text: string | undefined, problems: Problems): boolean {
  if (text !== undefined && text !== 'open' && text !== 'hold')
    problems.push({ field: '/UNSCANNED_FILES', code: 'field.not_in_list', detail: { value: text, example: 'hold' } })
  return text !== 'hold'
}

/** Beyond loopback something must speak TLS: this server itself, or a trusted proxy in front of an https origin. */
function requireSecrecy(config: Config, isOriginGiven: boolean, problems: Problems): void {
  const isHttps = config.publicOrigin.startsWith('https:')
  if (config.tls && isOriginGiven && !isHttps) {
    problems.push({ field: '/PUBLIC_ORIGIN', code: 'field.origin_https', detail: { value: config.publicOrigin } })
  }
  if (isLoopback(config.host)) return
  const isBehindProxy = config.trustProxy.length > 0 && isOriginGiven && isHttps
  if (!config.tls && !isBehindProxy)
    problems.push({ field: '/HOST', code: 'field.plain_http', detail: { value: config.host } })
  if (!isOriginGiven && ['0.0.0.0', '::'].includes(config.host))
    problems.push({ field: '/PUBLIC_ORIGIN', code: 'field.origin_needed' })
}

/** Uploads, ballots and anonymous complaints must not share an origin, hence cookies, with the application or each other. */
function requireSeparateOrigins(config: Config, problems: Problems): void {
  const seen = new Map([[config.publicOrigin, 'PUBLIC_ORIGIN']])
  const others = {
    CONTENT_ORIGIN: config.contentOrigin,
    CAST_ORIGIN: config.castOrigin,
    VOICE_ORIGIN: config.voiceOrigin,
  }
  for (const [name, origin] of Object.entries(others)) {
    if (origin === undefined) continue
    const other = seen.get(origin)
    if (other) problems.push({ field: `/${name}`, code: 'field.origin_taken', detail: { value: origin, other } })
    seen.set(origin, name)
  }
}

export type Language = 'zh-CN' | 'en'

/** The language of the command line by the usual variables (POSIX 8.2); Chinese where they name neither. */
export function languageOf(env: Env): Language {
  const named = env.LC_ALL || env.LC_MESSAGES || env.LANG || ''
  return /^en/i.test(named) ? 'en' : 'zh-CN'
}
