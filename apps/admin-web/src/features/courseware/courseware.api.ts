import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { download } from '@tongxin/client/download'
import type { Search } from '@tongxin/client/screen'
import {
  exportPackageResults,
  listPackageResults,
  listPackages,
  previewPackage,
  readPackage,
} from '@tongxin/contract/courseware'
import { readPackageAttempt } from '@tongxin/contract/courseware.units'
import type { PackageKind } from '@tongxin/contract/courseware.words'
import { listQuery } from '../../shared/list/list-search.ts'

/** The list has no place of its own for the units below: a unit means all below it. */
const asked = ({ below: _, ...search }: Search): Search => search

export const packagesQuery = (search: Search) =>
  queryOptions({
    queryKey: ['courseware', 'list', search],
    queryFn: ({ signal }) => call(listPackages, { query: listQuery<object>(asked(search)) as never, signal }),
    placeholderData: keepPreviousData,
  })

export const packageQuery = (id: string) =>
  queryOptions({
    queryKey: ['courseware', 'one', id],
    queryFn: ({ signal }) => call(readPackage, { params: { id }, signal }),
  })

export const resultsQuery = (id: string, search: Search) =>
  queryOptions({
    queryKey: ['courseware', 'results', id, search],
    queryFn: ({ signal }) =>
      call(listPackageResults, { params: { id }, query: listQuery<object>(asked(search)) as never, signal }),
    placeholderData: keepPreviousData,
  })

export const registrationQuery = (id: string) =>
  queryOptions({
    queryKey: ['courseware', 'registration', id],
    queryFn: ({ signal }) => call(readPackageAttempt, { params: { id }, signal }),
  })

export const openPreview = (id: string) => call(previewPackage, { params: { id } })

export function saveResults(
  id: string,
  search: Search,
  told: { readonly format: 'xlsx' | 'csv'; readonly purpose: string; readonly language: string },
): Promise<void> {
  const { state, text } = search
  const filter = { ...(state ? { state } : {}), ...(text ? { text } : {}) }
  const { format, purpose } = told
  const language = told.language.startsWith('zh') ? 'zh-CN' : 'en'
  return download(exportPackageResults, {
    params: { id },
    body: { filter: filter as never, format, purpose, language },
  })
}

export const ALL_PACKAGES = [['courseware']] as const
export const PACKAGE_EVENTS = [
  'courseware.imported',
  'courseware.renewed',
  'courseware.renamed',
  'courseware.removed',
  'courseware.restored',
  'courseware.begun',
  'courseware.finished',
  'courseware.unit_waived',
  'courseware.session_abandoned',
] as const

/** How the standard of a package is called, with its edition. */
export const standardOf = ({ kind, edition }: { kind: PackageKind; edition: string }): string =>
  `${kind === 'cmi5' ? 'cmi5' : 'SCORM'} ${edition}`
