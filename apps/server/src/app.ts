import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import cookie from '@fastify/cookie'
import { type FastifyInstance, fastify } from 'fastify'
import { mountRemoval } from './demo/removal.ts'
import { keepSetUpCodes, replaceSetUpCodes, sessionPort } from './modules/access/index.ts'
import { closePrinter } from './modules/forms/index.ts'
import { MODULES } from './modules.ts'
import { keepCastingApart } from './platform/cast-origin.ts'
import { type Config, PROJECT_ROOT } from './platform/config.ts'
import { keepContentApart } from './platform/content-origin.ts'
import { guard } from './platform/guard.ts'
import { startJobs } from './platform/jobs.ts'
import type { Log } from './platform/log.ts'
import { mountOpenApi } from './platform/openapi.ts'
import { Outbox } from './platform/outbox.ts'
import { openPlatform, type Platform, type PlatformOptions } from './platform/platform.ts'
import { mountProbes } from './platform/probes.ts'
import { answerErrors } from './platform/problem.ts'
import { countPublicRequests } from './platform/public-door.ts'
import { useSerializers } from './platform/serialization.ts'
import type { KeepSetUpCodes, SetUpCode } from './platform/setup-codes.ts'
import { serveWebApps, type WebApp } from './platform/static.ts'
import { Stream } from './platform/stream.ts'
import { serveTrusteePage } from './platform/trustee-page.ts'
import { upkeep } from './platform/upkeep.ts'
import { useValidators } from './platform/validation.ts'
import { masterKey, openVault } from './platform/vault.ts'

declare module 'fastify' {
  interface FastifyInstance {
    platform: Platform
    outbox: Outbox
  }
}

export type AppOptions = {
  readonly config: Config
  readonly database: { readonly appUrl: string; readonly ownerUrl?: string }
  readonly log: Log
  /** Tests give their own clock and pool wrapper, and switch the clockwork off. */
  readonly test?: Pick<PlatformOptions, 'clock' | 'wrapPool' | 'poolSize'> & Partial<Pick<PlatformOptions, 'sessions'>>
}

export type App = {
  readonly http: FastifyInstance
  listen(): Promise<string>
  close(): Promise<void>
  readonly keepSetUpCodes: KeepSetUpCodes
  /** @throws Refusal `access.set_up_begun` */
  readonly replaceSetUpCodes: (codes: readonly SetUpCode[]) => Promise<void>
}

const WEB_APPS: readonly WebApp[] = [
  { dist: join(PROJECT_ROOT, 'apps/member-web/dist'), prefix: '/' },
  { dist: join(PROJECT_ROOT, 'apps/admin-web/dist'), prefix: '/admin/' },
  { dist: join(PROJECT_ROOT, 'apps/tv-web/dist'), prefix: '/tv/' },
]

/** Builds the whole server: platform, modules, deliveries, event stream, web applications. Starts nothing by itself. */
export async function createApp({ config, database, log, test }: AppOptions): Promise<App> {
  const platform = openPlatform({
    appUrl: database.appUrl,
    log,
    vault: openVault(masterKey(config.dataDir)),
    contentOrigin: config.contentOrigin ?? null,
    packageOrigins: config.packageOrigins,
    castOrigin: config.castOrigin ?? null,
    clamd: config.clamd,
    houseHosts: config.houseHosts,
    opensUnscanned: config.opensUnscanned,
    sessions: sessionPort,
    publicOrigin: config.publicOrigin,
    dataDir: config.dataDir,
    ...test,
  })
  const http = openHttp(config, log)
  const consumers = MODULES.flatMap((module) => module.consumer ?? [])
  const parts = {
    http,
    platform,
    outbox: new Outbox(platform, consumers),
    stream: new Stream(platform, { whispers: MODULES.flatMap(({ whispers = [] }) => whispers) }),
  }
  let closing = false
  const { ownerUrl } = database
  const owner = ownerUrl === undefined ? null : { ownerUrl, dataDir: config.dataDir }
  await mountAll(parts, config, { owner, isClosing: () => closing })
  let stopJobs = async () => {}
  return {
    http,
    keepSetUpCodes: (codes) => keepSetUpCodes(platform, codes),
    replaceSetUpCodes: (codes) => replaceSetUpCodes(platform, codes),
    async listen() {
      await http.listen({ port: config.port, host: config.host })
      parts.outbox.start()
      parts.stream.start()
      stopJobs = await startJobs(platform, database.appUrl, [upkeep, ...MODULES])
      return config.publicOrigin
    },
    async close() {
      closing = true
      parts.stream.stop()
      await http.close()
      await closePrinter()
      await stopJobs()
      await parts.outbox.stop()
      await platform.pool.end()
    },
  }
}

type Parts = {
  readonly http: FastifyInstance
  readonly platform: Platform
  readonly outbox: Outbox
  readonly stream: Stream
}

/** In the order in which a request meets them: what refuses comes before what serves. */
async function mountAll(
  { http, platform, outbox, stream }: Parts,
  config: Config,
  { owner, isClosing }: { owner: Parameters<typeof mountRemoval>[1]; isClosing: () => boolean },
): Promise<void> {
  http.decorate('platform', platform)
  http.decorate('outbox', outbox)
  useValidators(http)
  useSerializers(http)
  answerErrors(http)
  const { castOrigin } = platform
  guard(http, { publicOrigin: config.publicOrigin, castOrigin, secure: platform.secure })
  countPublicRequests(http)
  keepContentApart(http, platform.contentOrigin)
  keepCastingApart(http, castOrigin, config.publicOrigin)
  await http.register(cookie)
  mountProbes(http, platform, { metricsToken: config.metricsToken ?? null, isClosing })
  await mountOpenApi(http)
  const mountApi = async (api: FastifyInstance) => {
    stream.mount(api)
    for (const module of MODULES) if (module.routes) await api.register(module.routes)
    mountRemoval(api, owner)
  }
  await http.register(mountApi, { prefix: '/api/v1' })
  for (const module of MODULES) if (module.standard) await http.register(module.standard)
  serveTrusteePage(http, join(PROJECT_ROOT, 'apps/trustee-web/dist'))
  await serveWebApps(http, WEB_APPS, { cast: castOrigin, content: platform.contentOrigin })
}

function openHttp(config: Config, log: Log): FastifyInstance {
  const tls = config.tls && {
    https: { key: readFileSync(config.tls.keyFile), cert: readFileSync(config.tls.certFile) },
  }
  return fastify({
    ...tls,
    loggerInstance: log,
    disableRequestLogging: true,
    trustProxy: config.trustProxy.length > 0 ? [...config.trustProxy] : false,
    bodyLimit: 1024 * 1024,
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    keepAliveTimeout: 30_000,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    genReqId: () => crypto.randomUUID(),
    routerOptions: { caseSensitive: true, maxParamLength: 200 },
  } as Parameters<typeof fastify>[0]) as unknown as FastifyInstance
}
