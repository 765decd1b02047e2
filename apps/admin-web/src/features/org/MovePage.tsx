import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { moveOrg, planMove } from '@tongxin/contract/org.changes'
import { ALL_ORGS, orgQuery } from './org.api.ts'
import { PlanForm, useChangeDone } from './PlanForm.tsx'

export const loader = ({ params, queryClient }: LoaderInput) => queryClient.ensureQueryData(orgQuery(params.id ?? ''))

/** Moves an organisation below another: first the plan, then the decision. */
export function Page({ params }: ScreenProps) {
  const id = params.id ?? ''
  const plan = useWrite(planMove)
  const save = useWrite(moveOrg, { refreshes: ALL_ORGS, onDone: useChangeDone(id) })
  return (
    <PlanForm
      id={id}
      act="move"
      field="parentId"
      plan={plan}
      save={save}
      onPlan={(parentId) => plan.mutate({ params: { id }, body: { parentId } })}
      onSave={(parentId, dated) => save.mutate({ params: { id }, body: { parentId, ...dated } })}
    />
  )
}
