import { runtimeRefusals } from '@tongxin/contract/runtime'
import { addModule, ModuleRefused, removeModule } from '../../../../tools/new-module/new-module.ts'
import { PROJECT_ROOT } from '../platform/config.ts'
import { type Run, UsageError } from './terminal.ts'

/** `new-module NAME [--remove]`: writes the empty slice of a capability and registers it, or takes it back. */
export const run: Run = async (args, terminal) => {
  const [name, flag, ...rest] = args
  if (!name || rest.length > 0 || (flag !== undefined && flag !== '--remove'))
    throw new UsageError(terminal.text('new-module.usage'))
  try {
    const files = flag ? removeModule(PROJECT_ROOT, name) : addModule(PROJECT_ROOT, name, new Date())
    for (const file of files) terminal.answer(file)
    terminal.progress(terminal.text(flag ? 'new-module.removed' : 'new-module.done', { name }))
    return 0
  } catch (error) {
    if (error instanceof ModuleRefused) throw runtimeRefusals.module_refused({ cause: error.message })
    throw error
  }
}
