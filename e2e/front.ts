import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import { inject } from 'vitest'
import { CONTRACT, judgeListens, openContractJudge, PROGRAM_PORT } from './contract.ts'
import { listenOn, pass } from './passing.ts'

/** What browsers talk to: pages and streams go straight to the program, its JSON goes through the contract's judge. */
export type Front = {
  readonly origin: string
  /** Answers that broke the contract, with what was wrong. Empty is right. */
  readonly offContract: readonly string[]
  /** How many answers the judge has looked at. */
  readonly judged: number
  /** The program whose answers are judged; set once it runs. */
  serve(port: number): Promise<void>
  close(): Promise<void>
}

type Operation = { readonly pattern: RegExp; readonly method: string; readonly isJson: boolean }

/** The operations of a contract: which of their answers are JSON, and so for the judge. */
function operationsOf(specification: string): Operation[] {
  const { paths } = JSON.parse(readFileSync(specification, 'utf8')) as {
    paths: Record<string, Record<string, { responses?: Record<string, { content?: Record<string, unknown> }> }>>
  }
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`),
      method: method.toUpperCase(),
      isJson: 'application/json' in (operation.responses?.['200']?.content ?? {}),
    })),
  )
}

/** @param specification a contract of its own, with a judge of its own; none: that of the program, judged for the whole run */
export async function openFront(specification?: string): Promise<Front> {
  const operations = operationsOf(specification ?? CONTRACT)
  const offContract: string[] = []
  const seen = { judged: 0 }
  let program = 0
  let judge = specification ? undefined : { port: inject('judgePort'), close: () => {} }
  const isForJudge = (incoming: IncomingMessage) => {
    const path = new URL(incoming.url ?? '/', 'http://front').pathname
    const type = incoming.headers['content-type'] ?? 'application/json'
    return (
      type.startsWith('application/json') &&
      operations.some(({ pattern, method, isJson }) => isJson && method === incoming.method && pattern.test(path))
    )
  }
  const server = createServer((incoming, outgoing) => {
    if (!judge || !isForJudge(incoming)) return pass(incoming, outgoing, { port: program })
    pass(incoming, outgoing, { port: judge.port, more: { [PROGRAM_PORT]: program } }, (answer, body) => {
      seen.judged += 1
      if (/stoplight\.io\/prism/.test(body))
        offContract.push(`${incoming.method} ${incoming.url} ${answer.statusCode}: ${body}`)
    })
  })
  const port = await listenOn(server)
  return {
    origin: `http://127.0.0.1:${port}`,
    offContract,
    get judged() {
      return seen.judged
    },
    async serve(at) {
      program = at
      if (specification) judge = await openContractJudge(specification, `http://127.0.0.1:${at}`)
      if (judge) await judgeListens(judge.port)
    },
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
      judge?.close()
    },
  }
}
