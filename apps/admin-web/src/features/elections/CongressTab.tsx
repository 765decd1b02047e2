import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useWrite } from '@tongxin/client/use-write'
import type { ElectionRecord } from '@tongxin/contract/elections'
import { allotDelegateSeats, type CongressUnit } from '@tongxin/contract/elections.congress'
import { Button, EmptyState, ErrorState, RefusalText, Skeleton, say } from '@tongxin/ui'
import { Network } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { DelegatesList } from './DelegatesList.tsx'
import { ALL_ELECTIONS, congressQuery } from './elections.api.ts'
import { StateLamp } from './words.tsx'

/** The congress that elects: its seats by unit, the delegates elected, their credentials. */
export function CongressTab({ election }: { election: ElectionRecord }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(congressQuery(election.id))
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton lines={8} />
  const figures = {
    total: data.delegates ?? 0,
    allotted: data.units.reduce((sum, { seats }) => sum + seats, 0),
    elected: data.people.length,
    confirmed: data.confirmed,
  }
  return (
    <>
      <dl className="election-figures">
        {Object.entries(figures).map(([key, n]) => (
          <div key={key}>
            <dt>{t(`elections.congress.${key}`)}</dt>
            <dd>{n}</dd>
          </div>
        ))}
      </dl>
      {data.mayAllot ? null : <p className="hint">{t('elections.congress.notYet')}</p>}
      <Allotment
        key={data.units.map(({ orgId, seats }) => `${orgId}${seats}`).join()}
        election={election}
        units={data.units}
        total={figures.total}
        mayAllot={data.mayAllot}
      />
      <DelegatesList election={election} people={data.people} mayExamine={data.mayExamine} />
    </>
  )
}

type Props = {
  election: ElectionRecord
  units: readonly CongressUnit[]
  total: number
  mayAllot: boolean
}

const draftOf = (units: readonly CongressUnit[], of: 'seats' | 'proposed') =>
  Object.fromEntries(units.map((unit) => [unit.orgId, unit[of] === 0 ? '' : String(unit[of])]))

function Allotment({ election, units, total, mayAllot }: Props) {
  const { t } = useTranslation()
  const [seats, setSeats] = useState<Readonly<Record<string, string>>>(() => draftOf(units, 'seats'))
  const save = useWrite(allotDelegateSeats, {
    refreshes: ALL_ELECTIONS,
    onDone: () => say(t('elections.congress.saved')),
  })
  const sum = Object.values(seats).reduce((all, text) => all + (Number(text) || 0), 0)
  if (units.length === 0)
    return (
      <EmptyState title={t('elections.congress.noUnits')} icon={<Network aria-hidden="true" />}>
        {t('elections.congress.noUnitsHint')}
      </EmptyState>
    )
  const submit = () =>
    save.mutate({
      params: { id: election.id },
      body: {
        units: units.flatMap(({ orgId }) => (Number(seats[orgId]) > 0 ? [{ orgId, seats: Number(seats[orgId]) }] : [])),
      },
    })
  return (
    <section aria-label={t('elections.congress.allotment')}>
      <h3>{t('elections.congress.allotment')}</h3>
      <div className="election-scroll">
        <table className="election-table">
          <thead>
            <tr>
              {(['unit', 'members', 'proposed', 'seats', 'progress'] as const).map((name) => (
                <th key={name}>{t(`elections.congress.${name}`)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {units.map((unit) => (
              <UnitRow
                key={unit.orgId}
                unit={unit}
                value={seats[unit.orgId] ?? ''}
                isFixed={!mayAllot || unit.electionId !== null}
                onChange={(text) => setSeats({ ...seats, [unit.orgId]: text })}
              />
            ))}
          </tbody>
        </table>
      </div>
      <RefusalText error={save.error} />
      {mayAllot ? (
        <div className="election-acts">
          <p className="election-sum" data-off={sum === total ? undefined : true} role="status">
            {t('elections.congress.sum', { sum, total })}
          </p>
          <Button onClick={() => setSeats(proposedOver(units, seats))}>{t('elections.congress.propose')}</Button>
          <Button
            kind="primary"
            isBusy={save.isPending}
            whyNot={sum === total ? undefined : t('elections.congress.sum', { sum, total })}
            onClick={submit}
          >
            {t('elections.congress.save')}
          </Button>
        </div>
      ) : null}
    </section>
  )
}

/** The proposal, with the seats of units that are electing already left as they are. */
const proposedOver = (units: readonly CongressUnit[], seats: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(draftOf(units, 'proposed')).map(([id, text]) => [
      id,
      units.some((unit) => unit.orgId === id && unit.electionId !== null) ? (seats[id] ?? '') : text,
    ]),
  )

function UnitRow(props: { unit: CongressUnit; value: string; isFixed: boolean; onChange: (text: string) => void }) {
  const { unit, value } = props
  const { t } = useTranslation()
  return (
    <tr>
      <td>{unit.orgName}</td>
      <td>{unit.members}</td>
      <td>{unit.proposed}</td>
      <td>
        {props.isFixed ? (
          unit.seats
        ) : (
          <input
            type="text"
            className="tx-input election-number"
            inputMode="numeric"
            maxLength={2}
            aria-label={t('elections.congress.seatsOf', { unit: unit.orgName })}
            value={value}
            onChange={(event) => props.onChange(event.target.value.replace(/\D/g, ''))}
          />
        )}
      </td>
      <td>
        {unit.electionId && unit.electionState ? (
          <span className="election-progress">
            <StateLamp state={unit.electionState} />
            <Link to={paths.elections.one(unit.electionId)}>
              {t('elections.congress.electedOf', { n: unit.elected, seats: unit.seats })}
            </Link>
          </span>
        ) : (
          t(unit.seats > 0 ? 'elections.congress.notBegun' : 'elections.congress.none')
        )}
      </td>
    </tr>
  )
}
