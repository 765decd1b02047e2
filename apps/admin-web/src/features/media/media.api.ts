import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { download } from '@tongxin/client/download'
import type { Search } from '@tongxin/client/screen'
import { exportMedia, listMedia, type MediaRow, readMedia } from '@tongxin/contract/media'
import { listQuery } from '../../shared/list/list-search.ts'

/** While something is being converted, how far it is changes without an event. */
const WORKING_MS = 3000
const isWorking = (row: Pick<MediaRow, 'state'> | undefined): boolean => row?.state === 'transcoding'

/** The list has no place of its own for the units below: a unit means all below it. */
const asked = ({ below: _, ...search }: Search): Search => search

export const mediaQuery = (search: Search) =>
  queryOptions({
    queryKey: ['media', 'list', search],
    queryFn: ({ signal }) => call(listMedia, { query: listQuery<object>(asked(search)) as never, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.rows.some(isWorking) ? WORKING_MS : false),
  })

export const oneMediaQuery = (id: string) =>
  queryOptions({
    queryKey: ['media', 'one', id],
    queryFn: ({ signal }) => call(readMedia, { params: { id }, signal }),
    refetchInterval: ({ state }) => (isWorking(state.data) ? WORKING_MS : false),
  })

export function saveExport(search: Search, format: 'xlsx' | 'csv', purpose: string, language: string): Promise<void> {
  const { kind, state, from, orgId, text, captions, removed, waiting } = search
  const given = { kind, state, from, orgId, text }
  const flags = { captions: captions === 'true', removed: removed === 'true', waiting: waiting === 'true' }
  const filter = {
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value)),
    ...(captions ? { captions: flags.captions } : {}),
    ...(removed ? { removed: flags.removed } : {}),
    ...(waiting ? { waiting: flags.waiting } : {}),
  }
  return download(exportMedia, {
    body: { filter: filter as never, format, purpose, language: language.startsWith('zh') ? 'zh-CN' : 'en' },
  })
}

export const ALL_MEDIA = [['media']] as const
export const MEDIA_EVENTS = [
  'media.added',
  'media.changed',
  'media.replaced',
  'media.transcode_asked',
  'media.transcoding',
  'media.ready',
  'media.kept_original',
  'media.failed',
  'media.captions_put',
  'media.captions_removed',
  'media.removed',
  'media.proposed',
  'media.proposal_accepted',
  'media.proposal_refused',
  'media.proposal_withdrawn',
  'media.restored',
] as const
