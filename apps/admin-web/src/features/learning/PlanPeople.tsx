import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { download } from '@tongxin/client/download'
import { useWrite } from '@tongxin/client/use-write'
import { exportPlanPeople, type PlanPerson, type PlanRecord, remindPlan } from '@tongxin/contract/learning.plans'
import { Button, EmptyState, ErrorState, Lamp, RefusalText, Select, Skeleton, say, TextInput } from '@tongxin/ui'
import { Bell, Download, UsersRound } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { ALL_LEARNING, planPeopleQuery, planUnitsQuery } from './learning.api.ts'
import { MoreRows, useCursor } from './MoreRows.tsx'
import { percentOf, Share } from './words.tsx'

/** How far each unit below is; one step down with each name that is pressed. */
export function UnitsTab({ plan }: { plan: PlanRecord }) {
  const { t } = useTranslation()
  const [trail, setTrail] = useState<readonly { id: string; name: string }[]>([])
  const { data, error, isPending, refetch } = useQuery(planUnitsQuery(plan.id, trail.at(-1)?.id))
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (isPending) return <Skeleton lines={6} />
  return (
    <>
      {trail.length > 0 ? (
        <Button kind="quiet" onClick={() => setTrail(trail.slice(0, -1))}>
          {t('learning.oneUp', { name: data.orgName })}
        </Button>
      ) : null}
      {data.rows.length === 0 ? <EmptyState title={t('learning.nobodyHere')} /> : null}
      <table className="learning-table" hidden={data.rows.length === 0}>
        <caption className="tx-hidden">{t('learning.tab.units')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('learning.organisation')}</th>
            <th scope="col">{t('learning.finishedOf')}</th>
            <th scope="col">{t('learning.rate')}</th>
            <th scope="col">{t('learning.overduePeople')}</th>
          </tr>
        </thead>
        <tbody>
          {data.rows.map((row) => (
            <tr key={row.orgId}>
              <th scope="row">
                {row.hasBelow ? (
                  <Button kind="quiet" onClick={() => setTrail([...trail, { id: row.orgId, name: row.orgName }])}>
                    {row.orgName}
                  </Button>
                ) : (
                  row.orgName
                )}
                {row.orgId === data.orgId ? <small className="hint"> {t('learning.itself')}</small> : null}
              </th>
              <td>
                <Share part={row.finished} whole={row.people} />
              </td>
              <td>{percentOf(row.finished, row.people)}</td>
              <td>{row.overdue > 0 ? <Lamp state="late">{row.overdue}</Lamp> : '0'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

/** Everybody whom the plan is for: found, counted, chosen, reminded, exported. */
export function PeopleTab({ plan }: { plan: PlanRecord }) {
  const { t, i18n } = useTranslation()
  const [text, setText] = useState('')
  const [orgId, setOrgId] = useState('')
  const [which, setWhich] = useState<'' | 'unfinished' | 'overdue' | 'finished'>('unfinished')
  const filter = {
    ...(text.trim() ? { text: text.trim() } : {}),
    ...(orgId ? { orgId } : {}),
    ...(which === 'finished' ? { finished: true } : {}),
    ...(which === 'unfinished' ? { finished: false } : {}),
    ...(which === 'overdue' ? { overdue: true } : {}),
  }
  const place = useCursor(JSON.stringify(filter))
  const { data, error, isPending, refetch } = useQuery(
    planPeopleQuery(plan.id, { ...filter, ...(place.cursor ? { cursor: place.cursor } : {}) }),
  )
  const save = (format: 'xlsx' | 'pdf') =>
    void download(exportPlanPeople, {
      params: { id: plan.id },
      body: { format, language: i18n.language === 'en' ? 'en' : 'zh-CN', filter },
    })
  return (
    <>
      <div className="learning-row no-print">
        <TextInput label={t('learning.name')} value={text} onChange={setText} maxLength={60} />
        <OrgPicker label={t('learning.branch')} value={orgId} onChange={setOrgId} />
        <Select
          label={t('learning.progress')}
          value={which}
          onChange={setWhich}
          whenEmpty={t('learning.all')}
          options={(['unfinished', 'overdue', 'finished'] as const).map((value) => ({
            value,
            label: t(`learning.${value}`),
          }))}
        />
        <Button icon={<Download size="1.1em" aria-hidden="true" />} onClick={() => save('xlsx')}>
          {t('learning.exportXlsx')}
        </Button>
        <Button onClick={() => save('pdf')}>{t('learning.print')}</Button>
      </div>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {isPending ? <Skeleton lines={6} /> : null}
      {data?.rows.length === 0 ? (
        <EmptyState title={t('learning.nobodyHere')} icon={<UsersRound aria-hidden="true" />} />
      ) : null}
      {data && data.rows.length > 0 ? <PeopleTable key={place.cursor} plan={plan} rows={data.rows} /> : null}
      {data ? <MoreRows place={place} next={data.next} /> : null}
    </>
  )
}

function PeopleTable({ plan, rows }: { plan: PlanRecord; rows: readonly PlanPerson[] }) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<readonly string[]>([])
  const remind = useWrite(remindPlan, {
    refreshes: ALL_LEARNING,
    onDone: ({ people }) => {
      say(t('learning.said.reminded', { count: people }))
      setChosen([])
    },
  })
  const flip = (id: string) => setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])
  return (
    <>
      {chosen.length > 0 ? (
        <div className="learning-bar" role="status">
          {t('learning.chosen', { count: chosen.length })}
          <Button
            kind="primary"
            icon={<Bell size="1.1em" aria-hidden="true" />}
            isBusy={remind.isPending}
            onClick={() => remind.mutate({ params: { id: plan.id }, body: { memberIds: [...chosen] } })}
          >
            {t('learning.act.remindThese')}
          </Button>
        </div>
      ) : null}
      <RefusalText error={remind.error} />
      <table className="learning-table">
        <caption className="tx-hidden">{t('learning.tab.people')}</caption>
        <thead>
          <tr>
            <th scope="col" aria-label={t('learning.choose')} />
            {(['name', 'branch', 'requiredDone', 'overdue', 'lastOn'] as const).map((key) => (
              <th key={key} scope="col">
                {t(`learning.${key}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.memberId}>
              <td>
                <input
                  type="checkbox"
                  aria-label={row.name}
                  checked={chosen.includes(row.memberId)}
                  onChange={() => flip(row.memberId)}
                />
              </td>
              <th scope="row">
                <Link to={paths.members.one(row.memberId)}>{row.name}</Link>
              </th>
              <td>{row.orgName}</td>
              <td>
                <Share part={row.done} whole={row.required} />
              </td>
              <td>{row.overdue > 0 ? <Lamp state="late">{row.overdue}</Lamp> : '0'}</td>
              <td>{row.lastOn ?? '—'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
