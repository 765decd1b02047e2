import { useWrite } from '@tongxin/client/use-write'
import type { ElectionRecord } from '@tongxin/contract/elections'
import { appointTellers, reportCandidates, reportElection } from '@tongxin/contract/elections.acts'
import { DIVIDED_POSTS, type DividedPost } from '@tongxin/contract/elections.words'
import { DateInput, Select, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { PeoplePick } from './PeoplePick.tsx'
import { useDone } from './use-done.ts'

type Props = { election: ElectionRecord; onClose: () => void }

type Chosen = {
  readonly committee: string[]
  readonly standing: string[]
  readonly secretary: string[]
  readonly deputies: string[]
}

/** The outgoing committee's candidates: a fifth more than seats, secretary and deputies among them. */
export function CandidatesDialog({ election, onClose }: Props) {
  const { t } = useTranslation()
  const of = (body: string) => election.candidates.filter((one) => one.body === body).map(({ memberId }) => memberId)
  const [chosen, setChosen] = useState<Chosen>(() => ({
    committee: [...of('committee'), ...of('delegate')],
    standing: of('standing'),
    secretary: of('secretary'),
    deputies: of('deputy'),
  }))
  const [documentNumber, setDocumentNumber] = useState('')
  const save = useWrite(reportCandidates, useDone(onClose, 'elections.done.reportCandidates'))
  const { committee, standing, secretary, deputies } = chosen
  const first = election.kind === 'delegates' ? 'delegate' : 'committee'
  return (
    <FormDialog
      title={t('elections.act.reportCandidates')}
      verb={t('elections.act.reportCandidates')}
      lead={t(election.kind === 'delegates' ? 'elections.lead.reportDelegates' : 'elections.lead.reportCandidates')}
      labels={{
        '/body/committee': t(`elections.body.${first}`),
        '/body/standing': t('elections.body.standing'),
        '/body/secretary': t('elections.body.secretary'),
        '/body/deputies': t('elections.body.deputy'),
      }}
      whyNot={documentNumber.trim().length > 1 ? undefined : t('elections.fillFirst')}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() =>
        save.mutate({
          params: { id: election.id },
          body: {
            documentNumber: documentNumber.trim(),
            committee,
            standing,
            secretary: secretary[0] ?? null,
            deputies,
          },
        })
      }
    >
      <CandidatePicks election={election} chosen={chosen} error={save.error} onChange={setChosen} />
      <TextInput
        label={t('elections.field.documentNumber')}
        required
        maxLength={60}
        value={documentNumber}
        onChange={setDocumentNumber}
      />
    </FormDialog>
  )
}

function CandidatePicks(props: {
  election: ElectionRecord
  chosen: Chosen
  error: unknown
  onChange: (chosen: Chosen) => void
}) {
  const { election, chosen, onChange } = props
  const { t } = useTranslation()
  const errorAt = useFieldErrors(props.error)
  const least = Math.floor((6 * election.seats + 4) / 5)
  const pick = { orgId: election.orgId, known: [...election.candidates, ...election.nominations] }
  return (
    <>
      {election.seats > 0 ? (
        <PeoplePick
          {...pick}
          label={t(`elections.candidatesOf.${election.kind === 'delegates' ? 'delegate' : 'committee'}`, {
            n: chosen.committee.length,
          })}
          help={t('elections.atLeast', { least, seats: election.seats })}
          value={chosen.committee}
          onChange={(committee) => onChange({ ...chosen, committee })}
          error={errorAt('/body/committee')}
        />
      ) : null}
      {election.standing > 0 ? (
        <PeoplePick
          {...pick}
          label={t('elections.candidatesOf.standing', { n: chosen.standing.length })}
          help={t('elections.standingHelp', { seats: election.standing })}
          value={chosen.standing}
          onChange={(standing) => onChange({ ...chosen, standing })}
          error={errorAt('/body/standing')}
        />
      ) : null}
      {election.electsSecretary ? (
        <PeoplePick
          {...pick}
          label={t('elections.candidatesOf.secretary')}
          most={1}
          value={chosen.secretary}
          onChange={(secretary) => onChange({ ...chosen, secretary })}
          error={errorAt('/body/secretary')}
        />
      ) : null}
      {election.electsSecretary && election.deputies > 0 ? (
        <PeoplePick
          {...pick}
          label={t('elections.candidatesOf.deputy', { n: election.deputies })}
          most={election.deputies}
          value={chosen.deputies}
          onChange={(deputies) => onChange({ ...chosen, deputies })}
          error={errorAt('/body/deputies')}
        />
      ) : null}
    </>
  )
}

export function TellersDialog({ election, onClose }: Props) {
  const { t } = useTranslation()
  const [supervisors, setSupervisors] = useState(() => election.tellers.supervisors.map(({ memberId }) => memberId))
  const [counters, setCounters] = useState(() => election.tellers.counters.map(({ memberId }) => memberId))
  const save = useWrite(appointTellers, useDone(onClose, 'elections.done.appointTellers'))
  const pick = { orgId: election.orgId, known: [...election.tellers.supervisors, ...election.tellers.counters] }
  return (
    <FormDialog
      title={t('elections.act.appointTellers')}
      verb={t('elections.save')}
      lead={t('elections.lead.appointTellers')}
      whyNot={supervisors.length > 0 && counters.length > 0 ? undefined : t('elections.fillFirst')}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() => save.mutate({ params: { id: election.id }, body: { supervisors, counters } })}
    >
      <PeoplePick {...pick} label={t('elections.supervisors')} value={supervisors} onChange={setSupervisors} />
      <PeoplePick {...pick} label={t('elections.counters')} value={counters} onChange={setCounters} />
    </FormDialog>
  )
}

/** The report to the level above, with the division of work among the members. */
export function ReportDialog({ election, onClose }: Props) {
  const { t } = useTranslation()
  const [documentNumber, setDocumentNumber] = useState('')
  const [on, setOn] = useState('')
  const [posts, setPosts] = useState<Readonly<Record<string, DividedPost | ''>>>({})
  const save = useWrite(reportElection, useDone(onClose, 'elections.done.report'))
  const errorAt = useFieldErrors(save.error)
  const leaders = new Set(election.elected.filter((one) => one.body !== 'committee').map((one) => one.memberId))
  const members = election.elected.filter((one) => one.body === 'committee' && !leaders.has(one.memberId))
  const division = members.map(({ memberId }) => ({ memberId, post: posts[memberId] || ('committee_member' as const) }))
  return (
    <FormDialog
      title={t('elections.act.report')}
      verb={t('elections.act.report')}
      lead={t(election.kind === 'delegates' ? 'elections.lead.reportDelegatesResult' : 'elections.lead.report')}
      whyNot={documentNumber.trim().length > 1 && on !== '' ? undefined : t('elections.fillFirst')}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() =>
        save.mutate({ params: { id: election.id }, body: { documentNumber: documentNumber.trim(), on, division } })
      }
    >
      <TextInput
        label={t('elections.field.documentNumber')}
        required
        maxLength={60}
        value={documentNumber}
        onChange={setDocumentNumber}
      />
      <DateInput label={t('elections.field.on')} required value={on} onChange={setOn} error={errorAt('/body/on')} />
      {members.map(({ memberId, name }) => (
        <Select
          key={memberId}
          label={t('elections.divisionOf', { name })}
          value={posts[memberId] ?? 'committee_member'}
          options={DIVIDED_POSTS.map((value) => ({ value, label: t(`elections.post.${value}`) }))}
          onChange={(post) => setPosts({ ...posts, [memberId]: post })}
        />
      ))}
    </FormDialog>
  )
}
