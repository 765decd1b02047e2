import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { mergeOrg, planMerge } from '@tongxin/contract/org.changes'
import { ALL_ORGS, orgQuery } from './org.api.ts'
import { PlanForm, useChangeDone } from './PlanForm.tsx'

export const loader = ({ params, queryClient }: LoaderInput) => queryClient.ensureQueryData(orgQuery(params.id ?? ''))

/** Merges an organisation into another: first the plan, then the decision. */
export function Page({ params }: ScreenProps) {
  const id = params.id ?? ''
  const plan = useWrite(planMerge)
  const save = useWrite(mergeOrg, { refreshes: ALL_ORGS, onDone: useChangeDone(id) })
  return (
    <PlanForm
      id={id}
      act="merge"
      field="intoId"
      plan={plan}
      save={save}
      onPlan={(intoId) => plan.mutate({ params: { id }, body: { intoId } })}
      onSave={(intoId, dated) => save.mutate({ params: { id }, body: { intoId, ...dated } })}
    />
  )
}
