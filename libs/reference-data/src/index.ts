export * from './calling-codes.js';
export * from './city-codes.js';
export * from './prefecture-names.js';
export * from './time-zones.js';
export * from './uscc.js';
export * from './vocabulary.js';
