export * from './city-codes.js';
export * from './uscc.js';
