document.title = 'Waystop';
