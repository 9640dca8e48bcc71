import { createRoot } from 'react-dom/client'
import { Library } from '../../components/library/library.tsx'
import '../sidepanel/style.css'

const root = document.querySelector('#root')
if (!root) throw new Error('The library has nothing to stand in')
createRoot(root).render(<Library />)
