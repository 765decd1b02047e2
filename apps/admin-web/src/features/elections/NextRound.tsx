import { useWrite } from '@tongxin/client/use-write'
import type { ElectionRecord } from '@tongxin/contract/elections'
import { openRound, reduceSeats } from '@tongxin/contract/elections.acts'
import { Button, RefusalText, Select, say, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { ALL_ELECTIONS } from './elections.api.ts'
import { PeoplePick } from './PeoplePick.tsx'
import { useDone } from './use-done.ts'

type Channel = 'paper' | 'electronic' | 'mixed'
const CHANNELS: readonly Channel[] = ['paper', 'electronic', 'mixed']

type Plan = {
  readonly channel: Channel
  readonly writeIn: boolean
  readonly present: string[]
  readonly candidates: string[]
}
type Next = NonNullable<ElectionRecord['nextRound']>

const committeeOf = (election: ElectionRecord) => election.elected.filter((one) => one.body === 'committee')
const MEETING: ReadonlySet<Next['body']> = new Set(['committee', 'delegate'])
const isPlenumOf = (election: ElectionRecord, next: Next) => !MEETING.has(next.body) && election.seats > 0
/** Who may be named: of the committee, and for its leaders of its standing committee where there is one. */
const amongOf = (election: ElectionRecord, next: Next) =>
  election.standing > 0 && next.body !== 'standing'
    ? election.elected.filter((one) => one.body === 'standing')
    : committeeOf(election)

/** The round that the rules ask for: who stands, how it is held, who of the committee is there. */
export function NextRound({ election }: { election: ElectionRecord }) {
  const next = election.nextRound
  return next ? <Opening election={election} next={next} /> : null
}

function Opening({ election, next }: { election: ElectionRecord; next: Next }) {
  const { t } = useTranslation()
  const [plan, setPlan] = useState<Plan>(() => ({
    channel: 'paper',
    writeIn: true,
    present: committeeOf(election).map(({ memberId }) => memberId),
    candidates: next.candidates.map(({ memberId }) => memberId),
  }))
  const [isReducing, setReducing] = useState(false)
  const open = useWrite(openRound, { refreshes: ALL_ELECTIONS, onDone: () => say(t('elections.roundOpened')) })
  const isPlenum = isPlenumOf(election, next)
  const start = () =>
    open.mutate({
      params: { id: election.id },
      body: {
        body: next.body,
        channel: plan.channel,
        writeIn: plan.writeIn && next.kind !== 'run_off',
        ...(isPlenum ? { present: plan.present } : {}),
        ...(next.kind === 'separate' || isPlenum ? { candidates: plan.candidates } : {}),
      },
    })
  const body = t(`elections.body.${next.body}`)
  const title = t('elections.nextRound', { body, kind: t(`elections.round.${next.kind}`) })
  const names = next.candidates.map(({ name }) => name).join('、') || '—'
  return (
    <section className="election-round" aria-label={title}>
      <h3>{title}</h3>
      <p>{t('elections.nextFacts', { seats: next.seats, names })}</p>
      <p className="hint">{t(`elections.nextHint.${next.kind}`)}</p>
      <PlanFields election={election} next={next} plan={plan} onChange={setPlan} />
      <RefusalText error={open.error} />
      <div className="election-acts">
        {election.can.includes('reduce') ? (
          <Button onClick={() => setReducing(true)}>{t('elections.act.reduce')}</Button>
        ) : null}
        <Button kind="primary" isBusy={open.isPending} onClick={start}>
          {t('elections.act.openRound')}
        </Button>
      </div>
      {isReducing ? <ReduceDialog election={election} onClose={() => setReducing(false)} /> : null}
    </section>
  )
}

type Fields = { election: ElectionRecord; next: Next; plan: Plan; onChange: (plan: Plan) => void }

function PlanFields({ election, next, plan, onChange }: Fields) {
  const { t } = useTranslation()
  const committee = committeeOf(election)
  const isPlenum = isPlenumOf(election, next)
  return (
    <>
      {isPlenum ? (
        <PeoplePick
          label={t('elections.plenumPresent', { n: plan.present.length, all: committee.length })}
          orgId={election.orgId}
          {...(election.kind === 'term' ? { among: committee } : { known: committee })}
          value={plan.present}
          onChange={(present) => onChange({ ...plan, present })}
        />
      ) : null}
      {next.kind === 'separate' ? (
        <PeoplePick
          label={t('elections.separateCandidates')}
          orgId={election.orgId}
          {...(isPlenum ? { among: amongOf(election, next) } : { known: [...next.candidates, ...election.candidates] })}
          value={plan.candidates}
          onChange={(candidates) => onChange({ ...plan, candidates })}
        />
      ) : null}
      <Select
        label={t('elections.channelLabel')}
        required
        value={plan.channel}
        options={CHANNELS.map((value) => ({ value, label: t(`elections.channel.${value}`) }))}
        onChange={(channel) => onChange({ ...plan, channel: channel || 'paper' })}
      />
      {next.kind === 'run_off' ? null : (
        <label className="election-check">
          <input
            type="checkbox"
            checked={plan.writeIn}
            onChange={(event) => onChange({ ...plan, writeIn: event.target.checked })}
          />
          {t('elections.writeInHint')}
        </label>
      )}
    </>
  )
}

function ReduceDialog({ election, onClose }: { election: ElectionRecord; onClose: () => void }) {
  const { t } = useTranslation()
  const [consenting, setConsenting] = useState('')
  const [isClose, setClose] = useState(false)
  const [isPresidium, setPresidium] = useState(false)
  const presidium = election.delegates !== null && isPresidium
  const save = useWrite(reduceSeats, useDone(onClose, 'elections.done.reduce'))
  return (
    <FormDialog
      title={t('elections.act.reduce')}
      verb={t('elections.act.reduce')}
      lead={t('elections.lead.reduce')}
      whyNot={(presidium || /^\d{1,6}$/.test(consenting)) && isClose ? undefined : t('elections.fillFirst')}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() =>
        save.mutate({
          params: { id: election.id },
          body: { consenting: Number(consenting), closeToNumber: isClose, ...(presidium ? { presidium } : {}) },
        })
      }
    >
      {election.delegates === null ? null : (
        <label className="election-check">
          <input type="checkbox" checked={isPresidium} onChange={(event) => setPresidium(event.target.checked)} />
          {t('elections.presidiumDecides')}
        </label>
      )}
      {presidium ? null : (
        <TextInput
          label={t('elections.field.consenting')}
          required
          inputMode="numeric"
          maxLength={6}
          value={consenting}
          onChange={setConsenting}
        />
      )}
      <label className="election-check">
        <input type="checkbox" checked={isClose} onChange={(event) => setClose(event.target.checked)} />
        {t('elections.closeToNumber')}
      </label>
    </FormDialog>
  )
}
