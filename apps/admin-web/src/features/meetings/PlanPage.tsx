import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { postOf, useSession } from '@tongxin/client/session'
import { useWrite } from '@tongxin/client/use-write'
import { changeMeeting, planMeeting } from '@tongxin/contract/meetings'
import type { MeetingKindName, MeetingPlan } from '@tongxin/contract/meetings.words'
import { MEETING_KIND_NAMES } from '@tongxin/contract/meetings.words'
import { DateInput, dateOf, say, TextInput, timeOf } from '@tongxin/ui'
import { Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { FormPage, useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { useDraft } from '../../shared/use-draft.ts'
import { AgendaEditor } from './AgendaEditor.tsx'
import { InvitesEditor } from './InvitesEditor.tsx'
import { ALL_MEETINGS, candidatesQuery, meetingQuery } from './meetings.api.ts'
import { instantOf } from './meetings.format.ts'
import type { Meeting } from './meetings.types.ts'
import './meetings.css'

export type Draft = Omit<MeetingPlan, 'startsAt' | 'endsAt'> & { day: string; from: string; until: string }

export const loader = ({ params, queryClient }: LoaderInput) =>
  params.id ? queryClient.ensureQueryData(meetingQuery(params.id)) : undefined

const emptyDraft = (orgId: string): Draft => ({
  orgId,
  title: '',
  kinds: ['generalMeeting'],
  day: '',
  from: '19:00',
  until: '20:30',
  place: '',
  agenda: [{ title: '', votes: 'none' }],
  invites: { who: 'all' },
})

/** A plan begun from a cell of the year: the branch, the kind and the day stand already. */
const askedDraft = (asked: ScreenProps['search'], orgId: string): Draft => ({
  ...emptyDraft(asked.orgId || orgId),
  ...(MEETING_KIND_NAMES.some((kind) => kind === asked.kind) ? { kinds: [asked.kind as MeetingKindName] } : {}),
  day: asked.day ?? '',
})

const draftOf = (meeting: Meeting): Draft => ({
  orgId: meeting.orgId,
  title: meeting.title,
  kinds: meeting.kinds,
  day: dateOf(meeting.startsAt),
  from: timeOf(meeting.startsAt),
  until: timeOf(meeting.endsAt),
  place: meeting.place,
  onlineUrl: meeting.onlineUrl,
  chairId: meeting.chair?.memberId ?? null,
  recorderId: meeting.recorder?.memberId ?? null,
  agenda: meeting.agenda.map(({ id, title, presenter, votes }) => ({ id, title, presenter, votes })),
  invites: meeting.invites,
})

/** Plans a meeting, or changes one that has not been held: kind, time, place, people, agenda. Nobody is told before it is convened. */
export function Page({ params, search }: ScreenProps) {
  const id = params.id ?? ''
  const { data: meeting } = useQuery({ ...meetingQuery(id), enabled: id !== '' })
  if (id !== '' && !meeting) return null
  return <PlanForm key={id} meeting={meeting ?? null} asked={search} />
}

function PlanForm({ meeting, asked }: { meeting: Meeting | null; asked: ScreenProps['search'] }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const org = postOf(useSession())
  const draft = useDraft<Draft>(
    `meeting.${meeting?.id ?? ['new', asked.orgId, asked.kind, asked.day].filter(Boolean).join('.')}`,
    meeting ? draftOf(meeting) : askedDraft(asked, org?.orgId ?? ''),
  )
  const save = useSavePlan(meeting, draft.discard)
  const body = bodyOf(draft.values)
  const whyNot =
    draft.values.title.trim() === '' ? t('meetings.nameFirst') : body === null ? t('meetings.timeFirst') : undefined
  return (
    <FormPage
      title={t(meeting ? 'meetings.changeTitle' : 'meetings.plan')}
      verb={t('meetings.savePlan')}
      onSubmit={() => body && save.send(body)}
      isBusy={save.isPending}
      error={save.error}
      whyNot={whyNot}
      savedAt={draft.savedAt}
      onDiscard={draft.discard}
      onBack={() => void navigate({ to: meeting ? paths.meetings.one(meeting.id) : paths.meetings.list() })}
      labels={{
        '/body/title': t('meetings.name'),
        '/body/startsAt': t('meetings.day'),
        '/body/endsAt': t('meetings.until'),
        '/body/place': t('meetings.place'),
        '/body/onlineUrl': t('meetings.online'),
        '/body/agenda': t('meetings.agenda'),
      }}
    >
      <PlanFields values={draft.values} change={draft.change} error={save.error} />
    </FormPage>
  )
}

/** A new plan, or a change of the version that was seen; afterwards the meeting's page. */
function useSavePlan(meeting: Meeting | null, discard: () => void) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const options = {
    refreshes: ALL_MEETINGS,
    onDone: (reply: { id: string }) => {
      discard()
      say(t(meeting ? 'meetings.done.changed' : 'meetings.done.planned'))
      void navigate({ to: paths.meetings.one(reply.id) })
    },
  }
  const plan = useWrite(planMeeting, options)
  const alter = useWrite(changeMeeting, options)
  return {
    isPending: plan.isPending || alter.isPending,
    error: plan.error ?? alter.error,
    send: (body: MeetingPlan) =>
      meeting ? alter.mutate({ params: { id: meeting.id }, body, ifMatch: meeting.version }) : plan.mutate({ body }),
  }
}

type Fields = { values: Draft; change: (values: Partial<Draft>) => void; error: unknown }

function PlanFields({ values, change, error }: Fields) {
  const { t } = useTranslation()
  const candidates = useQuery(candidatesQuery(values.orgId))
  const errorAt = useErrorAt(error)
  return (
    <>
      <OrgPicker
        label={t('meetings.branch')}
        required
        value={values.orgId}
        onChange={(orgId) => change({ orgId })}
        {...errorAt('/body/orgId')}
      />
      <fieldset>
        <legend>{t('meetings.kind')}</legend>
        <Checkbox.Group
          options={MEETING_KIND_NAMES.map((value) => ({ value, label: t(`meetings.kinds.${value}`) }))}
          value={values.kinds}
          onChange={(kinds) => change({ kinds: kinds as MeetingKindName[] })}
        />
      </fieldset>
      <TextInput
        label={t('meetings.name')}
        required
        maxLength={120}
        value={values.title}
        onChange={(title) => change({ title })}
        {...errorAt('/body/title')}
      />
      <WhenAndWhere values={values} change={change} error={error} />
      <InvitesEditor values={values} change={change} candidates={candidates.data} error={candidates.error} />
      <AgendaEditor agenda={values.agenda} onChange={(agenda) => change({ agenda })} />
    </>
  )
}

function WhenAndWhere({ values, change, error }: Fields) {
  const { t } = useTranslation()
  const errorAt = useErrorAt(error)
  return (
    <>
      <div className="when">
        <DateInput
          label={t('meetings.day')}
          required
          value={values.day}
          onChange={(day) => change({ day })}
          {...errorAt('/body/startsAt')}
        />
        <TextInput
          label={t('meetings.from')}
          type="time"
          required
          value={values.from}
          onChange={(from) => change({ from })}
        />
        <TextInput
          label={t('meetings.until')}
          type="time"
          required
          value={values.until}
          onChange={(until) => change({ until })}
          {...errorAt('/body/endsAt')}
        />
      </div>
      <TextInput
        label={t('meetings.place')}
        maxLength={200}
        value={values.place ?? ''}
        onChange={(place) => change({ place })}
        {...errorAt('/body/place')}
      />
      <TextInput
        label={t('meetings.online')}
        help={t('meetings.onlineHelp')}
        type="url"
        maxLength={500}
        value={values.onlineUrl ?? ''}
        onChange={(onlineUrl) => change({ onlineUrl })}
        {...errorAt('/body/onlineUrl')}
      />
    </>
  )
}

/** The error of one field as a property, absent when the field is right. */
function useErrorAt(error: unknown): (pointer: string) => { error?: string } {
  const at = useFieldErrors(error)
  return (pointer) => {
    const text = at(pointer)
    return text === undefined ? {} : { error: text }
  }
}

/** The body of the request, or null while day or times cannot be read. */
function bodyOf({ day, from, until, ...rest }: Draft): MeetingPlan | null {
  const startsAt = instantOf(day, from)
  const endsAt = instantOf(day, until)
  if (!startsAt || !endsAt) return null
  return {
    ...rest,
    title: rest.title.trim(),
    place: rest.place || null,
    onlineUrl: rest.onlineUrl || null,
    startsAt,
    endsAt,
    agenda: rest.agenda.filter((item) => item.title.trim() !== ''),
  }
}
