import { queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { listEntries, listSettings, readWorkingDays, settingHistory } from '@tongxin/contract/settings'

export const ALL_SETTINGS = [['settings']] as const

/** Every value as it holds for an organisation today, or on `on`. */
export const settingsQuery = (orgId: string, on = '') =>
  queryOptions({
    queryKey: ['settings', 'values', orgId, on],
    queryFn: ({ signal }) =>
      call(listSettings, { query: { ...(orgId ? { orgId } : {}), ...(on ? { on } : {}) }, signal }),
  })

export const historyQuery = (code: string) =>
  queryOptions({
    queryKey: ['settings', 'history', code],
    queryFn: ({ signal }) => call(settingHistory, { params: { code }, signal }),
  })

export const entriesQuery = (dictionary: string) =>
  queryOptions({
    queryKey: ['settings', 'entries', dictionary],
    queryFn: ({ signal }) => call(listEntries, { params: { dictionary }, signal }),
  })

export const calendarQuery = (year: number) =>
  queryOptions({
    queryKey: ['settings', 'calendar', year],
    queryFn: ({ signal }) => call(readWorkingDays, { params: { year }, signal }),
  })
