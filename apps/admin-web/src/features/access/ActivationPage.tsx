import { useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { postOf, useSession } from '@tongxin/client/session'
import { useWrite } from '@tongxin/client/use-write'
import { type AccountRow, issueActivations, showActivation } from '@tongxin/contract/access.activation'
import { Button, EmptyState, RefusalText, say, whenText } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column } from '../../shared/list/types.ts'
import { ACCESS, waitingQuery } from './access.api.ts'
import { ActivationOnScreen } from './CodeOnScreen.tsx'
import { IssueDialog } from './IssueDialog.tsx'
import { CodeUntil } from './words.tsx'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(waitingQuery(search))

const columns: Column<AccountRow>[] = [
  { key: 'name', textKey: 'access.name', render: (row) => row.name, isSortable: true },
  { key: 'organisation', textKey: 'access.organisation', render: (row) => row.orgName },
  { key: 'code', textKey: 'access.codeState', render: (row) => <CodeUntil until={row.codeUntil} /> },
]

/** Who has not activated yet; slips for all, a code on the screen for one, new slips for the chosen. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const can = useCan()
  const [isIssuing, setIssuing] = useState(false)
  const session = useSession()
  const queryClient = useQueryClient()
  const scope = postOf(session)?.orgId ?? ''
  const reissue = async (rows: readonly AccountRow[]) => {
    const { people } = await call(issueActivations, {
      body: { orgId: scope, below: true, personIds: rows.map((row) => row.personId) },
    })
    await queryClient.invalidateQueries({ queryKey: ACCESS })
    say(t('access.issued', { count: people }))
  }
  return (
    <>
      <ListPage
        title={t('access.waiting')}
        columns={columns}
        rowKey={(row) => row.personId}
        query={useQuery(waitingQuery(search))}
        search={search}
        setSearch={setSearch}
        filters={[
          { key: 'search', label: t('access.name'), kind: 'text' },
          { key: 'orgId', label: t('access.organisation'), kind: 'organisation' },
        ]}
        bulk={[
          {
            key: 'reissue',
            verb: t('access.reissue'),
            question: (count) => t('access.reissueQuestion', { count }),
            run: reissue,
          },
        ]}
        primary={
          <Button kind="primary" {...can('access.activate')} onClick={() => setIssuing(true)}>
            {t('access.issue')}
          </Button>
        }
        drawer={(row) => ({ title: row.name, body: <Waiting row={row} /> })}
        empty={<EmptyState title={t('access.allActivated')}>{t('access.allActivatedHint')}</EmptyState>}
      />
      {isIssuing ? <IssueDialog onClose={() => setIssuing(false)} /> : null}
    </>
  )
}

function Waiting({ row }: { row: AccountRow }) {
  const { t, i18n } = useTranslation()
  const showing = useWrite(showActivation)
  const [isOpen, setOpen] = useState(true)
  const show = () => {
    setOpen(true)
    showing.mutate({ body: { personId: row.personId } })
  }
  return (
    <>
      <dl className="facts">
        <div>
          <dt>{t('access.organisation')}</dt>
          <dd>{row.orgName}</dd>
        </div>
        <div>
          <dt>{t('access.codeState')}</dt>
          <dd>
            {row.codeUntil
              ? t('access.codeUntil', { when: whenText(row.codeUntil, Date.now(), i18n.language) })
              : t('access.noCode')}
          </dd>
        </div>
      </dl>
      <p className="hint">{t('access.activateHereWhy')}</p>
      <RefusalText error={showing.error} />
      <Button kind="primary" isBusy={showing.isPending} onClick={show}>
        {t('access.activateHere')}
      </Button>
      {showing.data && isOpen ? <ActivationOnScreen id={showing.data.id} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
