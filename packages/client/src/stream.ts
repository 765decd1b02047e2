import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { API_ROOT } from './call.ts'

type Listener = (payload: unknown) => void
const listeners = new Map<string, Set<Listener>>()
let source: EventSource | null = null

const relay = (event: MessageEvent<string>) => {
  let payload: unknown = null
  try {
    payload = JSON.parse(event.data)
  } catch {
    // A heartbeat carries no JSON; the fact that it happened is all there is.
    payload = event.data
  }
  for (const listener of listeners.get(event.type) ?? []) listener(payload)
}

function connect(): EventSource {
  // EventSource reconnects by itself and sends Last-Event-ID, so nothing is missed over a short break.
  const opened = new EventSource(`${API_ROOT}/stream`, { withCredentials: false })
  for (const type of listeners.keys()) opened.addEventListener(type, relay)
  return opened
}

/** Listens to one type of event (`module.fact`) over the one shared connection; the result stops listening. */
export function listen(type: string, listener: Listener): () => void {
  const known = listeners.get(type)
  if (known) known.add(listener)
  else {
    listeners.set(type, new Set([listener]))
    source?.addEventListener(type, relay)
  }
  source ??= connect()
  return () => {
    const left = listeners.get(type)
    left?.delete(listener)
    if (left?.size === 0) {
      listeners.delete(type)
      source?.removeEventListener(type, relay)
    }
    if (listeners.size === 0) {
      source?.close()
      source = null
    }
  }
}

const GATHER_MS = 250

/** Reloads the queries when one of the events happens on the server. */
export function useLive(types: readonly string[], refreshes: readonly QueryKey[]): void {
  const client = useQueryClient()
  const key = JSON.stringify([types, refreshes])
  // Synchronises with the event stream of the server.
  useEffect(() => {
    const [named, queryKeys] = JSON.parse(key) as [string[], QueryKey[]]
    let waiting: ReturnType<typeof setTimeout> | null = null
    const reload = () => {
      waiting = null
      for (const queryKey of queryKeys) void client.invalidateQueries({ queryKey })
    }
    // A thousand events of one act come in a burst: they reload once.
    const stops = named.map((type) =>
      listen(type, () => {
        waiting ??= setTimeout(reload, GATHER_MS)
      }),
    )
    return () => {
      if (waiting) clearTimeout(waiting)
      for (const stop of stops) stop()
    }
  }, [client, key])
}
