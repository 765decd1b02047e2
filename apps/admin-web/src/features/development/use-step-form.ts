import { useMutation } from '@tanstack/react-query'
import { useWrite } from '@tongxin/client/use-write'
import type { DevelopmentCase } from '@tongxin/contract/development'
import { recordDevelopmentStep } from '@tongxin/contract/development.acts'
import { say } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { useDraft } from '../../shared/use-draft.ts'
import { BALLOT_COUNTS } from './BallotPicker.tsx'
import { ALL_DEVELOPMENT, checkedStep } from './development.api.ts'
import { factsOf } from './development.format.ts'
import type { Paper } from './Papers.tsx'
import type { Values } from './StepFields.tsx'
import { acknowledgedOf, type Reasons, warningsAmong, warningsIn } from './Warnings.tsx'

type Draft = { heldOn: string; values: Values; lateReason: string; reasons: Reasons; ballot: string }
type Fields = Parameters<typeof factsOf>[0]
const NONE: ReadonlySet<string> = new Set()

/** What is being typed into the form of a step, kept as a draft, what the rules say to it, and its recording. */
export function useStepForm(one: DevelopmentCase, step: number, preset: Values, onClose: () => void) {
  const kept = useDraft<Draft>(`development.${one.card.id}.${step}`, {
    heldOn: '',
    values: preset,
    lateReason: '',
    reasons: {},
    ballot: '',
  })
  const draft = kept.values
  const [papers, setPapers] = useState<readonly Paper[]>([])
  const save = useRecording(() => {
    kept.discard()
    onClose()
  })
  const check = useMutation({ mutationFn: (fields: Fields) => checkedStep(one.card.id, inputOf(step, draft, fields)) })
  const verdicts = check.data?.verdicts ?? null
  const asked = warningsIn(save.error)
  const warnings = asked.length > 0 ? asked : warningsAmong(verdicts ?? [])
  return {
    draft,
    savedAt: kept.savedAt,
    discard: kept.discard,
    change: kept.change,
    save,
    check,
    verdicts,
    warnings,
    papers,
    setPapers,
    fixed: draft.ballot ? BALLOT_COUNTS : NONE,
    errorAt: useFieldErrors(save.error),
    setValues: (change: Values) => kept.change({ values: { ...draft.values, ...change } }),
    // The day of the meeting is the day of the step.
    takeBallot: (ballot: string) => kept.change({ ballot, ...(ballot ? { heldOn: ballot.split(' ')[2] ?? '' } : {}) }),
    judge: (fields: Fields) => {
      save.reset()
      check.mutate(fields)
    },
    submit: (fields: Fields) => {
      const acknowledged = acknowledgedOf(warnings, draft.reasons)
      const lateReason = draft.lateReason.trim()
      const proofs = papers.map(({ kind, fileId }) => ({ kind, fileId }))
      const body = {
        ...inputOf(step, draft, fields),
        ...(acknowledged.length > 0 ? { acknowledged } : {}),
        ...(lateReason ? { lateReason } : {}),
        ...(proofs.length > 0 ? { proofs } : {}),
      }
      save.mutate({ params: { id: one.card.id }, ifMatch: one.version, body })
    },
  }
}
export type StepForm = ReturnType<typeof useStepForm>

function inputOf(step: number, draft: Draft, fields: Fields) {
  const [meetingId = '', itemId = ''] = draft.ballot.split(' ')
  return {
    step,
    heldOn: draft.heldOn,
    facts: factsOf(fields, draft.values),
    ...(draft.ballot ? { meeting: { meetingId, itemId } } : {}),
  }
}

function useRecording(onDone: () => void) {
  const { t } = useTranslation()
  return useWrite(recordDevelopmentStep, {
    refreshes: ALL_DEVELOPMENT,
    onDone: ({ state }) => {
      say(t(state === 'recorded' ? 'development.recordedAbove' : 'development.recordedSaid'))
      onDone()
    },
  })
}
