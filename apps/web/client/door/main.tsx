import '../tokens.css';
import './door.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { DoorApp } from './screens/door-app.js';
import { updates } from './updates.js';

const place = document.getElementById('door');
if (place !== null) {
  createRoot(place).render(
    <StrictMode>
      <DoorApp decoderUrl={place.dataset['decoder'] ?? ''} />
    </StrictMode>,
  );
}
void updates.register();
