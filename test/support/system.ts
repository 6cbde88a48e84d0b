export { startSystem, type ProcessName, type RunningSystem } from '../../scripts/system/start-system.js';
