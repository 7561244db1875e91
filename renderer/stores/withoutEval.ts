import { z } from 'zod';

// The page's content security policy forbids code made of strings, which zod would try first.
// Schemas decide when they are made, so this has to be the first import of the page.
z.config({ jitless: true });
