import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import { LOAN_VIEWS, type LoanRow } from '@tongxin/contract/members.loans'
import { Button, dateOf, EmptyState } from '@tongxin/ui'
import { FolderClock, Printer } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column, Filter } from '../../shared/list/types.ts'
import { useSavedFilters } from '../../shared/list/use-saved-filters.ts'
import { DOSSIER_EVENTS, LOANS_KEY, loansQuery, saveLoans } from './dossier.api.ts'
import { LoanActs, useLoanLamp } from './LoanActs.tsx'
import { PrintDialog } from './PrintDialog.tsx'
import './members.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(loansQuery(search))

const columns: Column<LoanRow>[] = [
  {
    key: 'name',
    textKey: 'words.members.columns.name',
    render: (row) => (
      <Link to={paths.members.one(row.memberId)} search={{ tab: 'dossier' } as never}>
        {row.name}
      </Link>
    ),
    width: 120,
  },
  { key: 'org', textKey: 'words.members.columns.orgName', render: (row) => row.orgName },
  { key: 'borrower', textKey: 'words.members.columns.borrower', render: (row) => row.borrower, width: 150 },
  { key: 'purpose', textKey: 'words.members.columns.purpose', render: (row) => row.purpose },
  {
    key: 'asked',
    textKey: 'words.members.columns.askedAt',
    render: (row) => dateOf(row.askedAt),
    isSortable: true,
    width: 120,
  },
  { key: 'due', textKey: 'words.members.columns.dueOn', render: (row) => row.dueOn, isSortable: true, width: 120 },
  {
    key: 'returned',
    textKey: 'words.members.columns.returnedOn',
    render: (row) => row.returnedOn ?? '—',
    isHiddenAtFirst: true,
    width: 120,
  },
  {
    key: 'place',
    textKey: 'words.members.columns.place',
    render: (row) => row.place || '—',
    isHiddenAtFirst: true,
    width: 170,
  },
  {
    key: 'act',
    textKey: 'members.act',
    render: (row) => <LoanActs memberId={row.memberId} loan={row} />,
    width: 230,
  },
]

/** Which folders are out or asked for, whose turn it is, and which are late: over every branch of the scope. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t, i18n } = useTranslation()
  const { whyNot } = useCan()('members.export')
  const [isPrinting, setPrinting] = useState(false)
  const lamp = useLoanLamp()
  useLive(DOSSIER_EVENTS, [LOANS_KEY])
  const view = search.view ?? 'open'
  const filters: Filter[] = [
    { key: 'orgId', label: t('members.org'), kind: 'organisation' },
    { key: 'text', label: t('members.loans.text'), kind: 'text' },
  ]
  return (
    <>
      <ListPage
        title={t('members.loans.title')}
        columns={columns}
        rowKey={(row) => row.id}
        query={useQuery(loansQuery(search))}
        search={search}
        setSearch={setSearch}
        filters={filters}
        savedFilters={useSavedFilters('members.loans')}
        lamp={lamp}
        lead={
          <nav className="views" aria-label={t('members.views')}>
            {LOAN_VIEWS.map((one) => (
              <button
                key={one}
                type="button"
                aria-current={view === one ? 'page' : undefined}
                onClick={() => setSearch({ view: one, cursor: '' })}
              >
                {t(`members.loans.view.${one}`)}
              </button>
            ))}
          </nav>
        }
        onExport={({ format, purpose }) => saveLoans(search, { format, purpose }, i18n.language)}
        exportWhyNot={whyNot}
        primary={
          <Button icon={<Printer size="1.1em" aria-hidden="true" />} whyNot={whyNot} onClick={() => setPrinting(true)}>
            {t('members.loans.print')}
          </Button>
        }
        empty={
          <EmptyState
            title={t(`members.loans.noneIn.${view}`)}
            icon={<FolderClock aria-hidden="true" />}
            act={
              <Link className="tx-button" to={paths.members.list()}>
                {t('members.loans.toMembers')}
              </Link>
            }
          >
            {t('members.loans.noneHint')}
          </EmptyState>
        }
      />
      {isPrinting ? (
        <PrintDialog
          title={t('members.loans.print')}
          onPrint={(purpose) => saveLoans(search, { format: 'pdf', purpose }, i18n.language)}
          onClose={() => setPrinting(false)}
        />
      ) : null}
    </>
  )
}
