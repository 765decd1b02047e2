import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import type { MemberRow } from '@tongxin/contract/members'
import { Button, EmptyState, RefusalText, whenText } from '@tongxin/ui'
import { Printer, UserPlus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column } from '../../shared/list/types.ts'
import { useSavedFilters } from '../../shared/list/use-saved-filters.ts'
import { RECORD_LAMPS } from './lamps.ts'
import { MemberCard } from './MemberCard.tsx'
import { useMemberFilters } from './member-filters.ts'
import { MEMBER_EVENTS, membersQuery, saveExport, saveForm } from './members.api.ts'
import { useMemberWords } from './use-member-words.ts'
import './members.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(membersQuery(search))

/** A coded value by its name in the reader's language. */
function Named({ field, value }: { field: string; value: string | null }) {
  return useMemberWords().valueText(field, value)
}

function Updated({ at }: { at: string }) {
  const { i18n } = useTranslation()
  return whenText(at, Date.now(), i18n.language)
}

const word = (key: string) => `words.members.columns.${key}`
const columns: Column<MemberRow>[] = [
  { key: 'name', textKey: word('name'), isSortable: true, render: (row) => row.name },
  { key: 'memberNo', textKey: word('memberNo'), isHiddenAtFirst: true, render: (row) => row.memberNo },
  { key: 'orgName', textKey: word('orgName'), render: (row) => row.orgName },
  { key: 'category', textKey: word('category'), render: (row) => <Named field="category" value={row.category} /> },
  {
    key: 'status',
    textKey: word('status'),
    isHiddenAtFirst: true,
    render: (row) => <Named field="status" value={row.status} />,
  },
  { key: 'sex', textKey: word('sex'), isHiddenAtFirst: true, render: (row) => <Named field="sex" value={row.sex} /> },
  {
    key: 'ethnic',
    textKey: word('ethnic'),
    isHiddenAtFirst: true,
    render: (row) => <Named field="ethnic" value={row.ethnic} />,
  },
  { key: 'bornOn', textKey: word('bornOn'), render: (row) => row.bornOn },
  { key: 'idNumber', textKey: word('idNumber'), render: (row) => row.idNumber },
  { key: 'phone', textKey: word('phone'), render: (row) => row.phone },
  {
    key: 'education',
    textKey: word('education'),
    isHiddenAtFirst: true,
    render: (row) => <Named field="education" value={row.education} />,
  },
  { key: 'joined', textKey: word('joinedOn'), isSortable: true, render: (row) => row.joinedOn },
  { key: 'convertedOn', textKey: word('convertedOn'), isHiddenAtFirst: true, render: (row) => row.convertedOn },
  {
    key: 'completeness',
    textKey: 'members.completeness',
    isSortable: true,
    isNumber: true,
    render: (row) => `${row.completeness} %`,
  },
  {
    key: 'updated',
    textKey: 'members.updated',
    isSortable: true,
    isHiddenAtFirst: true,
    render: (row) => <Updated at={row.updatedAt} />,
  },
]
/** Columns whose key in the list is the name of their order. */
const EXPORTED_AS: Readonly<Record<string, string>> = { joined: 'joinedOn' }

/** Everyone whose record is kept in the scope of the post. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t, i18n } = useTranslation()
  const can = useCan()
  const { word } = useMemberWords()
  useLive(MEMBER_EVENTS, [['members', 'list']])
  return (
    <ListPage
      title={t('members.title')}
      columns={columns}
      rowKey={(row) => row.id}
      query={useQuery(membersQuery(search))}
      search={search}
      setSearch={setSearch}
      filters={useMemberFilters()}
      savedFilters={useSavedFilters('members')}
      lamp={(row) => ({ state: RECORD_LAMPS[row.recordState], word: word('recordState', row.recordState) })}
      drawer={(row) => ({ title: row.name, path: paths.members.one(row.id), body: <MemberCard row={row} /> })}
      onExport={(request) =>
        saveExport(
          search,
          { ...request, columns: request.columns.map((key) => EXPORTED_AS[key] ?? key) },
          i18n.language,
        )
      }
      exportWhyNot={can('members.export').whyNot}
      primary={<Acts orgId={search.orgId} />}
      empty={
        <EmptyState
          title={t('members.none')}
          act={
            <Link className="tx-button" to={paths.imports.add()}>
              {t('members.toImport')}
            </Link>
          }
        >
          {t('members.noneHint')}
        </EmptyState>
      }
    />
  )
}

function Acts({ orgId }: { orgId: string | undefined }) {
  const { t, i18n } = useTranslation()
  const can = useCan()
  const print = useMutation({ mutationFn: () => saveForm(orgId ? { orgId } : {}, i18n.language) })
  const mayAdd = can('members.write')
  return (
    <>
      <Button
        icon={<Printer size="1.1em" aria-hidden="true" />}
        isBusy={print.isPending}
        {...can('members.export')}
        onClick={() => print.mutate()}
      >
        {t('members.printRoster')}
      </Button>
      {mayAdd.whyNot === undefined ? (
        <Link className="tx-button" data-kind="primary" to={paths.members.add()}>
          <UserPlus size="1.1em" aria-hidden="true" />
          {t('members.add')}
        </Link>
      ) : (
        <Button kind="primary" {...mayAdd}>
          {t('members.add')}
        </Button>
      )}
      <RefusalText error={print.error} />
    </>
  )
}
