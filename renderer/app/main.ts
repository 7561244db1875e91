import { createPinia } from 'pinia';
import { createApp } from 'vue';
import { z } from 'zod';
import App from './App.vue';
import './theme.css';

// The page's content security policy forbids code made of strings, which zod would try first.
z.config({ jitless: true });

createApp(App).use(createPinia()).mount('#app');
