import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps, Search } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import type { ChangeRow } from '@tongxin/contract/members.review'
import { EmptyState, whenText } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column } from '../../shared/list/types.ts'
import { CHANGE_LAMPS } from './lamps.ts'
import { CHANGE_EVENTS, CHANGE_VIEWS, changesQuery } from './members.api.ts'
import { useMemberWords } from './use-member-words.ts'
import './members.css'

/** Without a right to review there is no queue: what one handed in oneself comes first. */
const viewOf = (search: Search, mayReview: boolean): string => search.view ?? (mayReview ? 'first' : 'mine')

export const loader = ({ search, queryClient }: LoaderInput) =>
  queryClient.ensureQueryData(changesQuery(viewOf(search, true), search))

const columns: Column<ChangeRow>[] = [
  { key: 'name', textKey: 'words.members.columns.name', render: (row) => <Opened row={row} /> },
  { key: 'kind', textKey: 'members.changeKind', render: (row) => <Kind kind={row.kind} /> },
  { key: 'fields', textKey: 'members.changedFields', render: (row) => <FieldNames row={row} /> },
  { key: 'org', textKey: 'words.members.columns.orgName', render: (row) => row.orgName },
  { key: 'maker', textKey: 'members.maker', render: (row) => row.madeBy },
  { key: 'made', textKey: 'members.madeAt', render: (row) => <When at={row.madeAt} /> },
]

function Opened({ row }: { row: ChangeRow }) {
  return <Link to={paths.memberChanges.one(row.id)}>{row.name}</Link>
}

function Kind({ kind }: { kind: string }) {
  return useMemberWords().word('changeKind', kind)
}

function FieldNames({ row }: { row: ChangeRow }) {
  const { t } = useTranslation()
  const { word } = useMemberWords()
  if (row.kind === 'photo') return t('members.photo.title')
  const group = row.kind === 'correction' || row.kind === 'new_record' ? 'fields' : 'entryFacts'
  return t('members.list', { names: row.fields.map((field) => word(group, field)) })
}

function When({ at }: { at: string }) {
  const { i18n } = useTranslation()
  return whenText(at, Date.now(), i18n.language)
}

/** Proposals: what waits for the first review, for the second, what I proposed, and everything. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { word } = useMemberWords()
  const can = useCan()
  useLive(CHANGE_EVENTS, [['member-changes']])
  const rights: Readonly<Record<string, string | undefined>> = {
    first: can('members.review').whyNot,
    second: can('members.approve').whyNot,
  }
  const view = viewOf(search, rights.first === undefined)
  return (
    <ListPage
      title={t('members.reviewQueue')}
      columns={columns}
      rowKey={(row) => row.id}
      query={useQuery(changesQuery(view, search))}
      search={search}
      setSearch={setSearch}
      lamp={(row) => ({ state: CHANGE_LAMPS[row.state], word: word('changeState', row.state) })}
      lead={
        <nav className="views" aria-label={t('members.views')}>
          {CHANGE_VIEWS.filter((one) => rights[one] === undefined).map((one) => (
            <button
              key={one}
              type="button"
              aria-current={view === one ? 'page' : undefined}
              onClick={() => setSearch({ view: one, cursor: '' })}
            >
              {t(`members.view.${one}`)}
            </button>
          ))}
        </nav>
      }
      empty={<EmptyState title={t(`members.noneIn.${view}`)} />}
    />
  )
}
