import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import type { ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { editChange, type Proposal, proposeChange } from '@tongxin/contract/members.review'
import { ErrorState, Skeleton, say, TextArea } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { FormPage, useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { useDraft } from '../../shared/use-draft.ts'
import { FieldGroups } from './FieldGroups.tsx'
import { changedFacts, type FormFacts, openFacts } from './member-form.ts'
import { ALL_MEMBERS, changeQuery, memberQuery } from './members.api.ts'
import { useMemberWords } from './use-member-words.ts'
import './members.css'

/** What the form starts from: nothing, a record, or an own proposal that was returned. */
type Start = {
  readonly memberId: string | null
  readonly name: string | null
  readonly before: FormFacts
  readonly proposed: FormFacts
  readonly change: {
    readonly id: string
    readonly version: number
    readonly orgId: string
    readonly sealed: readonly string[]
  } | null
  readonly orgId: string
}
const EMPTY: Start = { memberId: null, name: null, before: {}, proposed: {}, change: null, orgId: '' }

/** A new record, or a correction of one; `?change=` opens an own proposal again. */
export function Page({ params, search }: ScreenProps) {
  const { id } = params
  const member = useQuery({ ...memberQuery(id ?? ''), enabled: id !== undefined })
  const change = useQuery({ ...changeQuery(search.change ?? ''), enabled: Boolean(search.change) })
  const error = member.error ?? change.error
  if (error) return <ErrorState error={error} onRetry={() => void Promise.all([member.refetch(), change.refetch()])} />
  if ((id && !member.data) || (search.change && !change.data)) return <Skeleton lines={12} />
  const before = openFacts(member.data?.fields ?? {})
  const own = change.data
  const proposed = openFacts(Object.fromEntries((own?.differences ?? []).map((one) => [one.field, one.proposed])))
  const start: Start = {
    ...EMPTY,
    memberId: id ?? null,
    name: member.data?.card.name ?? null,
    before,
    proposed: { ...before, ...proposed },
    ...(own
      ? {
          orgId: own.change.orgId,
          change: {
            id: own.change.id,
            version: own.version,
            orgId: own.change.orgId,
            sealed: own.differences.map(({ field }) => field).filter((field) => proposed[field as never] === undefined),
          },
        }
      : {}),
  }
  return <MemberForm key={`${id ?? 'new'} ${search.change ?? ''}`} start={start} />
}

type Values = { readonly orgId: string; readonly facts: FormFacts; readonly reason: string }

/** The proposal in the form, kept as a draft, and the act that hands it over. */
function useProposal(start: Start) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { memberId, change } = start
  const draft = useDraft<Values>(change ? `change.${change.id}` : `member.${memberId ?? 'new'}`, {
    orgId: start.orgId,
    facts: start.proposed,
    reason: '',
  })
  const done = ({ id }: { id: string }) => {
    draft.discard()
    say(t('members.proposed'))
    void navigate({ to: paths.memberChanges.one(id) })
  }
  const propose = useWrite(proposeChange, { refreshes: ALL_MEMBERS, onDone: done })
  const edit = useWrite(editChange, { refreshes: ALL_MEMBERS, onDone: done })
  const { orgId, facts } = draft.values
  const reason = draft.values.reason.trim()
  const body: Proposal = {
    kind: memberId ? 'correction' : 'new_record',
    ...(memberId ? { memberId } : { orgId }),
    facts: changedFacts(start.before, facts),
    ...(reason ? { reason } : {}),
  }
  const submit = () =>
    change ? edit.mutate({ params: { id: change.id }, body, ifMatch: change.version }) : propose.mutate({ body })
  return { draft, body, submit, isBusy: propose.isPending || edit.isPending, error: edit.error ?? propose.error }
}

function MemberForm({ start }: { start: Start }) {
  const { t } = useTranslation()
  const can = useCan()
  const { fieldLabel } = useMemberWords()
  const { draft, body, submit, isBusy, error } = useProposal(start)
  const { values } = draft
  const errorAt = useFieldErrors(error)
  return (
    <FormPage
      title={start.memberId ? t('members.correctOf', { name: start.name }) : t('members.add')}
      lead={<Lead start={start} />}
      verb={t('members.submit')}
      onSubmit={submit}
      isBusy={isBusy}
      error={error}
      labels={labelsOf(fieldLabel, t)}
      whyNot={can('members.write').whyNot ?? whyNotYet(body, t)}
      savedAt={draft.savedAt}
      onDiscard={draft.discard}
      onBack={() => history.back()}
    >
      {start.memberId || start.change ? null : (
        <OrgPicker
          label={t('members.org')}
          required
          value={values.orgId}
          onChange={(orgId) => draft.change({ orgId })}
          {...(errorAt('/body/orgId') ? { error: errorAt('/body/orgId') ?? '' } : {})}
        />
      )}
      <FieldGroups
        facts={values.facts}
        isNew={start.memberId === null}
        onChange={(facts) => draft.change({ facts })}
        errorAt={errorAt}
      />
      <TextArea
        label={t('members.reason')}
        help={t('members.reasonHelp')}
        rows={2}
        maxLength={500}
        value={values.reason}
        onChange={(reason) => draft.change({ reason })}
      />
    </FormPage>
  )
}

type Translate = (key: string) => string

const whyNotYet = (body: Proposal, t: Translate): string | undefined => {
  if (body.kind === 'new_record' && !body.orgId) return t('members.orgFirst')
  return Object.keys(body.facts ?? {}).length === 0 ? t('members.nothingChanged') : undefined
}

function labelsOf(fieldLabel: (field: string) => string, t: Translate): Readonly<Record<string, string>> {
  const label = (_: object, pointer: string | symbol) => {
    const field = String(pointer).split('/').at(-1) ?? ''
    return field === 'orgId' ? t('members.org') : fieldLabel(field)
  }
  // Sixty fields: their names are made when an error names one.
  return new Proxy({}, { get: label })
}

function Lead({ start }: { start: Start }) {
  const { t } = useTranslation()
  const { fieldLabel } = useMemberWords()
  const sealed = start.change?.sealed ?? []
  return (
    <>
      <p className="hint">{t('members.formLead')}</p>
      {sealed.length > 0 ? <p role="note">{t('members.sealedAgainOf', { names: sealed.map(fieldLabel) })}</p> : null}
    </>
  )
}
