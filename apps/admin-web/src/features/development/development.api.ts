import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { download } from '@tongxin/client/download'
import type { Search } from '@tongxin/client/screen'
import { listDevelopmentCases, listDevelopmentSteps, readDevelopmentCase } from '@tongxin/contract/development'
import { checkDevelopmentStep, listCaseMeetings } from '@tongxin/contract/development.acts'
import {
  DEVELOPMENT_COLUMNS,
  exportDevelopmentCases,
  listQuotas,
  printDevelopmentCase,
  printDevelopmentList,
  readDevelopmentFigures,
} from '@tongxin/contract/development.record'
import type { DevelopmentForm } from '@tongxin/contract/development.words'
import { listMembers } from '@tongxin/contract/members'
import { readWorkingDays } from '@tongxin/contract/settings'
import type { WorkdayCalendar } from '@tongxin/domain/general/workdays'
import { listQuery } from '../../shared/list/list-search.ts'
import type { ExportRequest } from '../../shared/list/types.ts'

type Facts = Parameters<typeof call<typeof checkDevelopmentStep>>[1]['body']['facts']
export type StepInput = { readonly step: number; readonly heldOn: string; readonly facts: Facts }

export const casesQuery = (search: Search) =>
  queryOptions({
    queryKey: ['development', 'list', search],
    queryFn: ({ signal }) => call(listDevelopmentCases, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })

export const figuresQuery = (orgId: string) =>
  queryOptions({
    queryKey: ['development', 'figures', orgId],
    queryFn: ({ signal }) => call(readDevelopmentFigures, { query: orgId ? { orgId } : {}, signal }),
    placeholderData: keepPreviousData,
  })

export const caseQuery = (id: string) =>
  queryOptions({
    queryKey: ['development', 'case', id],
    queryFn: ({ signal }) => call(readDevelopmentCase, { params: { id }, signal }),
  })

/** The 25 definitions as in force on a day; they change only with an edition of the rules. */
export const stepsQuery = (on = '') =>
  queryOptions({
    queryKey: ['development', 'steps', on],
    queryFn: ({ signal }) => call(listDevelopmentSteps, { query: on ? { on } : {}, signal }),
    staleTime: 600_000,
    placeholderData: keepPreviousData,
  })

export const ballotsQuery = (id: string) =>
  queryOptions({
    queryKey: ['development', 'ballots', id],
    queryFn: ({ signal }) => call(listCaseMeetings, { params: { id }, signal }),
  })

export const checkedStep = (id: string, body: StepInput) => call(checkDevelopmentStep, { params: { id }, body })

/** What the rules say today to a step that was not recorded: why it may not be taken yet. */
export const whyQuery = (id: string, step: number, today: string) =>
  queryOptions({
    queryKey: ['development', 'why', id, step, today],
    queryFn: () => checkedStep(id, { step, heldOn: today, facts: {} }),
  })

export const quotasQuery = (year: number, orgId: string) =>
  queryOptions({
    queryKey: ['development', 'quotas', year, orgId],
    queryFn: ({ signal }) => call(listQuotas, { query: { year, ...(orgId ? { orgId } : {}) }, signal }),
    placeholderData: keepPreviousData,
  })

/** Members for contacts and introducers, found by name, pinyin or number. */
export const candidatesQuery = (text: string, orgId: string) =>
  queryOptions({
    queryKey: ['members', 'candidates', text, orgId],
    queryFn: ({ signal }) =>
      call(listMembers, { query: { limit: 30, sort: 'name', ...(text ? { search: text } : { orgId }) }, signal }),
    placeholderData: keepPreviousData,
  })

/** Holidays and make-up days of every year that the two days touch; `years` names those that are published. */
export const workdaysQuery = (from: string, until: string) =>
  queryOptions({
    queryKey: ['settings', 'workdays', from.slice(0, 4), until.slice(0, 4)],
    enabled: from !== '' && until !== '',
    queryFn: async ({ signal }): Promise<WorkdayCalendar> => {
      const years = [...new Set([from, until].map((day) => Number(day.slice(0, 4))))]
      const calendars = await Promise.all(years.map((year) => call(readWorkingDays, { params: { year }, signal })))
      const days = calendars.flatMap((calendar) => calendar.days)
      return {
        holidays: days.filter(({ kind }) => kind === 'holiday').map(({ day }) => day),
        makeupWorkdays: days.filter(({ kind }) => kind === 'workday').map(({ day }) => day),
        years: calendars.filter(({ provisional }) => !provisional).map(({ year }) => year),
      }
    },
  })

const languageOf = (language: string) => (language.startsWith('zh') ? ('zh-CN' as const) : ('en' as const))
const EXPORTED = new Set<string>(DEVELOPMENT_COLUMNS)
const COLUMN_OF: Readonly<Record<string, string>> = { due: 'dueOn' }

/** The filter of the list as the bodies of export and print take it; the URL knows only texts. */
function filterOf(search: Search): object {
  const { cursor: _, limit: __, sort: ___, open: ____, tab: _____, ...rest } = search
  const { below, waitsAbove, step, planYear, ...texts } = rest
  return {
    ...Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== '')),
    ...(below ? { below: below === 'true' } : {}),
    ...(waitsAbove ? { waitsAbove: waitsAbove === 'true' } : {}),
    ...(step ? { step: Number(step) } : {}),
    ...(planYear ? { planYear: Number(planYear) } : {}),
  }
}

export const saveExport = (search: Search, request: ExportRequest, language: string): Promise<void> =>
  download(exportDevelopmentCases, {
    body: {
      filter: filterOf(search),
      ...(search.sort ? { sort: search.sort } : {}),
      columns: request.columns.map((key) => COLUMN_OF[key] ?? key).filter((key) => EXPORTED.has(key)),
      format: request.format,
      language: languageOf(language),
      purpose: request.purpose,
    } as never,
  })

export const savePrint = (id: string, form: DevelopmentForm, format: 'pdf' | 'docx', language: string): Promise<void> =>
  download(printDevelopmentCase, { params: { id }, body: { form, format, language: languageOf(language) } })

export const saveListPrint = (
  search: Search,
  form: 'names' | 'vote_summary' | 'oath',
  format: 'pdf' | 'docx',
  language: string,
): Promise<void> =>
  download(printDevelopmentList, {
    body: { form, format, filter: filterOf(search) as never, language: languageOf(language) },
  })

/** Everything that a step may change, for reloading after an act. */
export const ALL_DEVELOPMENT = [['development'], ['members'], ['deadlines'], ['workbench']] as const
export const DEVELOPMENT_EVENTS = [
  'development.opened',
  'development.step_recorded',
  'development.step_decided',
  'development.state_set',
  'development.returned',
  'development.reviewed',
  'development.publicity_posted',
  'development.publicity_closed',
  'development.people_set',
  'development.vetted',
] as const
