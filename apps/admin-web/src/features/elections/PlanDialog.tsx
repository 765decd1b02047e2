import { useNavigate } from '@tanstack/react-router'
import { useWrite } from '@tongxin/client/use-write'
import type { ElectionRecord } from '@tongxin/contract/elections'
import { changeElection, createElection } from '@tongxin/contract/elections.acts'
import { ELECTION_KINDS, type ElectionKind } from '@tongxin/contract/elections.words'
import { DateInput, Select, say, TextArea, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { ALL_ELECTIONS } from './elections.api.ts'

const NUMBERS = ['ordinal', 'seats', 'deputies', 'standing', 'delegates'] as const
type NumberName = (typeof NUMBERS)[number]
/** What each kind asks: a congress and a standing committee belong to the end of a term. */
const ASKED: Readonly<Record<ElectionKind, readonly NumberName[]>> = {
  term: ['ordinal', 'seats', 'deputies', 'standing'],
  by_election: ['ordinal', 'seats', 'deputies'],
  delegates: ['seats'],
}
type Draft = {
  orgId: string
  kind: ElectionKind | ''
  plannedOn: string
  reason: string
  electsSecretary: boolean
  isCongress: boolean
  scattered: boolean
} & Record<NumberName, string>

const draftOf = (election: ElectionRecord | undefined): Draft => ({
  orgId: election?.orgId ?? '',
  kind: election?.kind ?? 'term',
  plannedOn: election?.plannedOn ?? '',
  reason: election?.reason ?? '',
  electsSecretary: election?.electsSecretary ?? true,
  ordinal: election?.ordinal?.toString() ?? '',
  seats: election?.seats.toString() ?? '5',
  deputies: election?.deputies.toString() ?? '1',
  standing: election?.standing.toString() ?? '0',
  delegates: election?.delegates?.toString() ?? '',
  isCongress: typeof election?.delegates === 'number',
  scattered: election?.scattered ?? false,
})

const asksDelegates = ({ kind, isCongress }: Draft): boolean => kind === 'term' && isCongress

type Plan = Draft & { readonly isReady: boolean }

/** What the form says, and whether everything that a plan needs is there. */
function usePlan(election: ElectionRecord | undefined): [Plan, (change: Partial<Draft>) => void] {
  const [draft, setDraft] = useState(() => draftOf(election))
  const isWhole = (text: string) => /^\d{1,4}$/.test(text)
  const isReady =
    draft.orgId !== '' &&
    draft.kind !== '' &&
    draft.plannedOn !== '' &&
    draft.reason.trim().length > 1 &&
    ASKED[draft.kind].every((name) => isWhole(draft[name]) || (name === 'ordinal' && draft.ordinal === '')) &&
    (!asksDelegates(draft) || isWhole(draft.delegates))
  return [{ ...draft, isReady }, (change) => setDraft((old) => ({ ...old, ...change }))]
}

const bodyOf = (draft: Draft) => ({
  kind: draft.kind || ('term' as const),
  plannedOn: draft.plannedOn,
  seats: Number(draft.seats),
  deputies: draft.electsSecretary ? Number(draft.deputies) : 0,
  electsSecretary: draft.electsSecretary,
  standing: draft.kind === 'term' ? Number(draft.standing) : 0,
  delegates: asksDelegates(draft) ? Number(draft.delegates) : null,
  scattered: asksDelegates(draft) && draft.scattered,
  ordinal: draft.ordinal === '' || draft.kind === 'delegates' ? null : Number(draft.ordinal),
  reason: draft.reason.trim(),
})

/** A new file, or the plan of one that was not sent up yet. */
export function PlanDialog({ election, onClose }: { election?: ElectionRecord; onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [plan, set] = usePlan(election)
  const onDone = (made: { id: string }) => {
    say(t('elections.saved'))
    onClose()
    void navigate({ to: paths.elections.one(made.id) })
  }
  const add = useWrite(createElection, { refreshes: ALL_ELECTIONS, onDone })
  const change = useWrite(changeElection, { refreshes: ALL_ELECTIONS, onDone })
  const save = election ? change : add
  const submit = () => {
    if (election) change.mutate({ params: { id: election.id }, body: bodyOf(plan), ifMatch: election.version })
    else add.mutate({ body: { orgId: plan.orgId, ...bodyOf(plan) } })
  }
  return (
    <FormDialog
      title={t(election ? 'elections.changePlan' : 'elections.add')}
      verb={t('elections.save')}
      lead={t('elections.planLead')}
      labels={Object.fromEntries(
        ['orgId', 'plannedOn', 'seats', 'kind', 'standing', 'delegates'].map((name) => [
          `/body/${name}`,
          t(`elections.field.${name}`),
        ]),
      )}
      whyNot={plan.isReady ? undefined : t('elections.fillFirst')}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={submit}
    >
      {election ? null : (
        <OrgPicker
          label={t('elections.field.orgId')}
          required
          value={plan.orgId}
          onChange={(orgId) => set({ orgId })}
        />
      )}
      <PlanFields plan={plan} set={set} error={save.error} />
    </FormDialog>
  )
}

function PlanFields(props: { plan: Draft; set: (change: Partial<Draft>) => void; error: unknown }) {
  const { plan, set } = props
  const { t } = useTranslation()
  const errorAt = useFieldErrors(props.error)
  return (
    <>
      <Select
        label={t('elections.field.kind')}
        required
        value={plan.kind}
        options={ELECTION_KINDS.map((value) => ({ value, label: t(`elections.kindOf.${value}`) }))}
        onChange={(kind) => set({ kind, electsSecretary: kind === 'term' })}
        error={errorAt('/body/kind')}
      />
      <DateInput
        label={t('elections.field.plannedOn')}
        required
        value={plan.plannedOn}
        onChange={(plannedOn) => set({ plannedOn })}
        error={errorAt('/body/plannedOn')}
      />
      {ASKED[plan.kind || 'term'].map((name) => (
        <TextInput
          key={name}
          label={t(`elections.${plan.kind === 'delegates' ? 'delegateSeats' : `field.${name}`}`)}
          help={t(`elections.${plan.kind === 'delegates' ? 'delegateSeatsHelp' : `help.${name}`}`)}
          required={name !== 'ordinal'}
          inputMode="numeric"
          maxLength={3}
          value={plan[name]}
          onChange={(value) => set({ [name]: value })}
          error={errorAt(`/body/${name}`)}
        />
      ))}
      {plan.kind === 'term' ? <Assembly plan={plan} set={set} error={errorAt('/body/delegates')} /> : null}
      {plan.kind === 'by_election' ? (
        <label className="election-check">
          <input
            type="checkbox"
            checked={plan.electsSecretary}
            onChange={(event) => set({ electsSecretary: event.target.checked })}
          />
          {t('elections.field.electsSecretary')}
        </label>
      ) : null}
      <TextArea
        label={t('elections.field.reason')}
        required
        rows={3}
        maxLength={1000}
        value={plan.reason}
        onChange={(reason) => set({ reason })}
      />
    </>
  )
}

/** Who elects: the members' meeting, or where the statute allows it a congress of delegates. */
function Assembly(props: { plan: Draft; set: (change: Partial<Draft>) => void; error: string | undefined }) {
  const { plan, set } = props
  const { t } = useTranslation()
  const check = (name: 'isCongress' | 'scattered') => (
    <label className="election-check">
      <input type="checkbox" checked={plan[name]} onChange={(event) => set({ [name]: event.target.checked })} />
      {t(`elections.field.${name}`)}
    </label>
  )
  return (
    <>
      {check('isCongress')}
      {plan.isCongress ? (
        <>
          <TextInput
            label={t('elections.field.delegates')}
            help={t('elections.help.delegates')}
            required
            inputMode="numeric"
            maxLength={4}
            value={plan.delegates}
            onChange={(delegates) => set({ delegates })}
            error={props.error}
          />
          {check('scattered')}
        </>
      ) : null}
    </>
  )
}
