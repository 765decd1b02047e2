// door-for-app-too
import './modules/dues/dues.service.ts'
// resolvable
import './modules/absent/index.ts'
